"""The post's equipment: items, who holds them, what is overdue."""
