"""The look-up page: registers, findings, briefing cards and comparisons as HTML, and the routes that serve them."""
