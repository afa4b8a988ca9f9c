"""按模板填数: the district's own workbook comes back with its {{指标|社区|月份}} filled in, its layout untouched."""
