"""What is known: regions, villages and their potential, enterprises, organisations, schools, products, licences held."""
