"""The trained encoder as one int8 ONNX file that onnxruntime runs without torch."""

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from benchmarks.train.encoder import Scorer

OPSET = 17


def export(model: Scorer, path: Path) -> None:
    """Write `ids` and `mask` [batch, tokens] -> `parts` [batch, tokens, heads] and `scores` [batch, heads], int8."""
    model.eval()
    ids = torch.ones(2, 7, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        plain, fused, small = (str(Path(folder) / name) for name in ("plain.onnx", "fused.onnx", "small.onnx"))
        torch.onnx.export(
            model,
            (ids, torch.ones_like(ids)),
            plain,
            input_names=["ids", "mask"],
            output_names=["parts", "scores"],
            dynamic_axes={
                "ids": {0: "batch", 1: "tokens"},
                "mask": {0: "batch", 1: "tokens"},
                "parts": {0: "batch", 1: "tokens"},
                "scores": {0: "batch"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
        width, options = model.body.config, FusionOptions("bert")
        options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = False  # apart they run a quarter quicker
        optimized = optimizer.optimize_model(
            plain,
            model_type="bert",
            num_heads=width.num_attention_heads,
            hidden_size=width.hidden_size,
            optimization_options=options,
        )
        optimized.save_model_to_file(fused)
        heads = [node.name for node in onnx.load(fused).graph.node if "worth" in node.name or "notice" in node.name]
        quantize_dynamic(
            fused,
            small,
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=heads,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        onnx.save(onnx.load(small), str(path))
