# Lets ONNX' own checker look at files, shapes and types too: python3 check.py FILE…, with onnx. Where
# that has an evaluator, from 1.13 on, it runs each FILE.onnx on FILE.x, of the sizes in FILE.json, and
# writes FILE.y.
import json
import sys

import onnx

try:
    from onnx.reference import ReferenceEvaluator
except ImportError:
    ReferenceEvaluator = None

for path in sys.argv[1:]:
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
        if ReferenceEvaluator:
            import numpy

            stem = path[: -len(".onnx")]
            x = numpy.fromfile(stem + ".x", "<f4").reshape(json.load(open(stem + ".json")))
            ReferenceEvaluator(model).run(None, {"x": x})[0].astype("<f4").tofile(stem + ".y")
    except Exception as e:
        print(f"{path}: {e}")
print("evaluated" if ReferenceEvaluator else "checked")
