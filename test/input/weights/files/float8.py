"""Every value of float8 as PyTorch has it: float8.json. Run: python float8.py > float8.json (torch 2.15.0)."""
import json, math
import torch

def values(dtype):
    bits = torch.arange(256, dtype=torch.uint8).view(dtype).to(torch.float64)
    return [x if math.isfinite(x) else str(x) for x in bits.tolist()]

print(json.dumps({"source": f"torch {torch.__version__.split('+')[0]}", "F8_E4M3": values(torch.float8_e4m3fn), "F8_E5M2": values(torch.float8_e5m2), "F8_E4M3FNUZ": values(torch.float8_e4m3fnuz), "F8_E5M2FNUZ": values(torch.float8_e5m2fnuz)}))
