"""The parts of 台账管理 with which ledgers are brought in: upload, 入库前核对, 表头对应, 批注件."""
