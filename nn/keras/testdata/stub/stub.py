# Runs a script with a Keras that does nothing but write down how its layers, its optimiser and fit are called.
import ast, json, sys, types
from unittest.mock import MagicMock

calls = []

def plain(v):
    if isinstance(v, (bool, int, float, str)) or v is None:
        return v
    if isinstance(v, (list, tuple)):
        return [plain(w) for w in v]
    return getattr(v, "written", "?")

class Recorded:
    def __init__(self, name, args, kwargs):
        self.written = name + "(" + ", ".join([json.dumps(plain(a)) for a in args] + [k + "=" + json.dumps(plain(v)) for k, v in kwargs.items()]) + ")"
    def __call__(self, *args, **kwargs):
        return self
    def __getattr__(self, name):
        return MagicMock()

def recorder(name, keep):
    def call(*args, **kwargs):
        r = Recorded(name, args, kwargs)
        if keep:
            calls.append({"name": name, "args": [plain(a) for a in args], "kwargs": {k: plain(v) for k, v in kwargs.items()}})
        return r
    return call

class Layers(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return recorder(name, name not in ("Input", "RandomFlip", "RandomTranslation"))

class Names(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return recorder(name, False)

def model(*args):
    m = MagicMock()
    m.evaluate.return_value = (0.0, 0.0)
    m.predict.return_value.__getitem__.return_value.max.return_value = 0.0
    return m

class Rows(MagicMock):
    def __len__(self):
        return 50000

class LearningRateSchedule:
    pass

class PyDataset:
    pass

keras = MagicMock()
keras.layers, keras.initializers, keras.regularizers = Layers("keras.layers"), Names("keras.initializers"), Names("keras.regularizers")
keras.models.Sequential = keras.models.Model = model
keras.datasets.cifar10.load_data = lambda: ((Rows(), Rows()), (Rows(), Rows()))
keras.optimizers.schedules.LearningRateSchedule, keras.utils.PyDataset = LearningRateSchedule, PyDataset
for name in ("layers", "initializers", "regularizers", "models"):
    sys.modules["keras." + name] = getattr(keras, name)
sys.modules["keras"] = keras
numpy = MagicMock()
numpy.random.choice = lambda n, size, replace: range(size)
sys.modules["numpy"], sys.modules["matplotlib"], sys.modules["matplotlib.pyplot"] = numpy, MagicMock(), MagicMock()

code, out = sys.stdin.read(), sys.stdout
sys.stdout = sys.stderr
exec(compile(ast.parse(code), "script", "exec"), {"__name__": "__main__"})
json.dump(calls, out)
