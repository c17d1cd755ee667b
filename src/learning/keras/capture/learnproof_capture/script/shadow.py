"""Lets a script run on behind its training call without a trace: nothing that it writes reaches the disk, and it starts
no other program."""

import builtins
import contextlib
import io
import os
import shutil
import sys
import tempfile

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
REFUSED = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
           "os.chown", "os.utime", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn",
           "subprocess.Popen", "shutil.rmtree", "shutil.move", "sqlite3.connect", "socket.connect", "os.kill")


class Shadow:
    """What the script writes goes to files of its own, where it finds them again."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="learnproof-shadow-")
        self.written = {}
        self.own = 0

    def begin(self):
        for module in (builtins, io):
            module.open = self.opening(module.open)
        for name in ("mkdir", "makedirs"):
            setattr(os, name, lambda *_, **__: None)
        self.refuse_own_writers()
        sys.addaudithook(self.refuse)

    @contextlib.contextmanager
    def ours(self):
        """While the capture itself writes."""
        self.own += 1
        try:
            yield
        finally:
            self.own -= 1

    def end(self):
        with self.ours():
            shutil.rmtree(self.folder, ignore_errors=True)

    def opening(self, original):
        def opened(file, mode="r", *rest, **given):
            if self.own or isinstance(file, int) or not isinstance(mode, str):
                return original(file, mode, *rest, **given)
            path = os.path.abspath(os.fsdecode(file))
            if any(letter in mode for letter in "wax+") and path != os.devnull:
                self.keep(path, original)
            return original(self.written.get(path, file), mode, *rest, **given)

        return opened

    def keep(self, path, original):
        """A file that the script adds to begins as it is on the disk."""
        if path in self.written:
            return
        with self.ours():
            stand_in = os.path.join(self.folder, "%d%s" % (len(self.written), os.path.splitext(path)[1]))
            if os.path.isfile(path):
                shutil.copyfile(path, stand_in)
        self.written[path] = stand_in

    def refuse(self, event, given):
        """Called by Python itself before each of these; what writes past Python's open ends here."""
        if self.own or event != "open" and event not in REFUSED:
            return
        if event == "open":
            path, _, flags = given
            if isinstance(path, int) or not isinstance(flags, int) or not flags & WRITING:
                return
            path = os.path.abspath(os.fsdecode(path))
            if path == os.devnull or path.startswith(self.folder):
                return
        raise PermissionError("what a script does behind its training call leaves no trace (%s)" % event)

    def refuse_own_writers(self):
        """Libraries of C and C++ open their files unseen by Python."""
        nothing = lambda *_, **__: None
        for module, name in (("cv2", "imwrite"), ("cv2", "VideoWriter"), ("matplotlib.pyplot", "savefig")):
            if module in sys.modules and hasattr(sys.modules[module], name):
                setattr(sys.modules[module], name, nothing)
        figure = getattr(sys.modules.get("matplotlib.figure"), "Figure", None)
        if figure is not None:
            figure.savefig = nothing
        for kind in (getattr(sys.modules.get("h5py"), "File", None),):
            if kind is not None:
                kind.__init__ = reading_only(kind.__init__)
        flow = sys.modules.get("tensorflow")
        for path in ("saved_model.save", "io.write_file", "io.gfile.GFile", "train.Checkpoint.save",
                     "train.Checkpoint.write", "train.CheckpointManager.save", "summary.create_file_writer",
                     "io.TFRecordWriter", "io.gfile.remove", "io.gfile.rmtree", "io.gfile.copy", "io.gfile.rename"):
            silence(flow, path.split("."), nothing)


def silence(owner, names, nothing):
    for name in names[:-1]:
        owner = getattr(owner, name, None)
    if owner is not None and hasattr(owner, names[-1]):
        with contextlib.suppress(Exception):
            setattr(owner, names[-1], nothing)


def reading_only(original):
    def init(file, name, mode="r", *rest, **given):
        if mode != "r":
            raise PermissionError("what a script does behind its training call leaves no trace")
        original(file, name, mode, *rest, **given)

    return init
