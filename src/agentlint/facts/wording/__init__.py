"""What prose and samples of code do with the models that they name: order, forbid, show or tell of them.

`mentions` is the entry for models; `stance` judges a clause, `lead_ins`, `labels` and `announcements` what
stands above, `samples` and their kin what a block of code is. English is known by regular expressions
(`*_words`, `stance_english`), other languages by word lists in `rules/data/orders.toml` (`translated_*`).
"""
