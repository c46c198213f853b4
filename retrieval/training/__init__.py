"""How the shipped models were made; docs/models.md has the recipes and the scores."""
