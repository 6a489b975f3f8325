"""The open quarterly report for the public: its page, its figures one by one, its files."""
