"""What every dialect is made of: how ops are stored, defined and written (`assembly`), and what they can be asked (`interfaces`)."""
