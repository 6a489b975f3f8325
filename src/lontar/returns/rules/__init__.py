"""What a return is made of (`schema`), how it is read from text (`reading`), and what is checked in it (`checks`)."""
