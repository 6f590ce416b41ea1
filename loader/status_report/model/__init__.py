"""What a status report is: its text with places, and frozen records of what it says.

Knows neither RDF nor the layout; every other package of `status_report` may import it.
"""
