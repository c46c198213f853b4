"""Registers: the rows of a plan (who does what, money, targets, deadlines, documents cited), each on exact words."""
