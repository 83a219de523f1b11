"""What the measurements run in processes of their own, and the post they measure."""
