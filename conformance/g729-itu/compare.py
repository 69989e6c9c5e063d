"""
Runs our G.729 over the ITU-T's sequences and prints a line for each. Streams in a folder of Annex A, or of Annex B with an "a" at the end
of their name, are decoded as Annex A decodes; those of the main body by the full decoder. There is no encoder of the main body.
"""
import glob
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, '..', 'lib'))
from compare import Tally  # noqa: E402

folder, work, java = sys.argv[1], sys.argv[2], sys.argv[3:]


def ours(verb, fmtp, source, name):
    target = os.path.join(work, name)
    subprocess.run(java + ['Serial', verb, fmtp, source, target], check=True)
    return target


def part(path):
    """Tells which part of the Recommendation a file belongs to, by its folder and name; None for parts that are not ours."""
    where = path[len(folder):].lower()
    annex = where[where.index('annex') + 5] if 'annex' in where else ''
    if annex == 'b':
        return 'B' if os.path.splitext(where)[0].endswith('a') else 'main B'
    return {'': 'main', 'a': 'A'}.get(annex)


decoders, encoded = {}, Tally()
streams = sorted(p for p in glob.glob(os.path.join(folder, '**', '*'), recursive=True) if p.lower().endswith('.bit'))
for stream in streams:
    beside = {os.path.basename(p).lower(): p for p in glob.glob(os.path.join(os.path.dirname(stream), '*'))}
    name = os.path.splitext(os.path.basename(stream))[0].lower()
    for ending in ('a', ''):
        sound = beside.get(name + ending + '.pst') or beside.get(name + ending + '.out')
        if not sound or not part(sound):
            continue
        which = part(sound)
        label = '%s %s' % (which, name + ending)
        fmtp = 'local-decoder=full' if which.startswith('main') else ''
        decoders.setdefault(which, Tally()).exact('decoder, ' + label, ours('decode', fmtp, stream, label + '.pcm'), sound, 'h', 80)
    source = beside.get(name + '.in') or beside.get(name[:-1] + '.bin')
    if source and part(stream) in ('A', 'B'):
        fmtp = 'annexb=yes' if part(stream) == 'B' else 'annexb=no'
        encoded.exact('encoder, %s %s' % (part(stream), name), ours('encode', fmtp, source, name + '.bit'), stream, 'B', 164)
if not decoders:
    sys.exit('no sequences (*.bit beside *.pst or *.out) under ' + folder)
NAMES = {'main': 'the main body', 'A': 'Annex A', 'B': 'Annex A with Annex B', 'main B': 'the main body with Annex B'}
failed = 0
for which, decoded in sorted(decoders.items()):
    failed |= decoded.total('G.729 decoder of %s against the ITU-T sequences' % NAMES[which])
if encoded.pairs:
    failed |= encoded.total('G.729 encoder of Annex A against the ITU-T sequences')
sys.exit(failed)
