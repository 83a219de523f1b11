"""The counter: visits, what was done for whom, receipts."""
