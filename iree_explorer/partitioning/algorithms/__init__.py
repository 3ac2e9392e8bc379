"""The partitioners of this package, each with the story of its decisions for a witness. They are handed facts about a block and say which
ops go together.
"""
