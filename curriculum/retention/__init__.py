"""What becomes of a school year: classes move up, records end in their time, totals without persons stay."""
