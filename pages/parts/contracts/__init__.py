"""The part 民主管理与合同 of 队伍与制度: collective contracts, workers' congresses, open affairs, mediation committees."""
