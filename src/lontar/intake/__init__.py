"""How facts come in: file or form → batch → rows → checks → registry, with every row's outcome kept."""
