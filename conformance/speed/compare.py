"""Times our codecs beside the native libraries, over the same 20 s of speech, in turns: nanoseconds of processor time for a packet (20 ms;
of iLBC its frame) in the best round, what ours takes from the heap, and the ratio. compare.py [CODEC …] looks at those only; with --jmh
ours is measured by JMH, which counts heap bytes as well (benchmarks, CodecBenchmark): mean of one fork."""
import glob
import json
import os
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'lib'))
import packets as p  # noqa: E402

#: Name, ours and its a=fmtp, rate, packet, the harness's codec and setting, goal. libbcg729 has the decoder of Annex A only: there is no goal for
#: that of the main body.
CASES = [
    ('PCMU', 'PCMU/8000/1', '', 8000, 20, 'g711', 1, 1.5), ('PCMA', 'PCMA/8000/1', '', 8000, 20, 'g711', 0, 1.5),
    ('G.722', 'G722/16000/1', '', 16000, 20, 'g722', 0, 1.5), ('GSM', 'GSM/8000/1', '', 8000, 20, 'gsm', 0, 1.5),
    ('G.729 A', 'G729/8000/1', 'annexb=no', 8000, 20, 'g729', 0, 1.5),
    ('G.729 A, full decoder', 'G729/8000/1', 'annexb=no;local-decoder=full', 8000, 20, 'g729', 0, None),
    ('iLBC 20 ms', 'iLBC/8000/1', 'mode=20', 8000, 20, 'ilbc20', 20, 2),
    ('iLBC 30 ms', 'iLBC/8000/1', 'mode=30', 8000, 30, 'ilbc30', 30, 2),
    ('Speex 8 kHz, 8 kbit/s', 'speex/8000/1', 'mode=3', 8000, 20, 'speex8', 3, 2),
    ('Speex 8 kHz, 15 kbit/s', 'speex/8000/1', 'mode=5', 8000, 20, 'speex8', 5, 2),
    ('Speex 16 kHz, 27.8 kbit/s', 'speex/16000/1', 'mode=8', 16000, 20, 'speex16', 8, 2),
    ('Speex 32 kHz, 29.6 kbit/s', 'speex/32000/1', 'mode=8', 32000, 20, 'speex32', 8, 2),
    ('Opus 8 kHz, 12 kbit/s', 'opus/48000/1', 'maxplaybackrate=8000', 48000, 20, 'opus', 12000, 2),
    ('Opus 16 kHz, 24 kbit/s', 'opus/48000/1', 'maxplaybackrate=16000', 48000, 20, 'opus', 24000, 2),
    ('Opus 48 kHz, 32 kbit/s', 'opus/48000/1', '', 48000, 20, 'opus', 32000, 2)]
LIBRARIES = {'SPANDSP': 'libspandsp.so.2', 'GSM': 'libgsm.so.1', 'G729': 'libbcg729.so.0', 'SPEEX': 'libspeex.so.1', 'OPUS': 'libopus.so.0'}
TURNS = int(os.environ.get('TURNS', '3'))


def ilbc(folder):
    """Compiles libilbc from the folder that ILBC_SOURCE names; returns what to link."""
    fetched = os.path.join(p.ROOT, 'conformance', 'target', 'vectors', 'libilbc')
    source, library = os.environ.get('ILBC_SOURCE') or (fetched if os.path.isdir(fetched) else None), os.path.join(folder, 'libilbc.a')
    if not source:
        return []
    if not os.path.exists(library):
        files = [f for part in ('modules/audio_coding/codecs/ilbc', 'common_audio/signal_processing', 'common_audio/third_party/*')
                 for f in glob.glob(os.path.join(source, part, '*.c'))
                 if not any(word in os.path.basename(f) for word in ('arm', 'mips', 'neon', 'test'))]
        os.makedirs(os.path.join(folder, 'absl', 'base'), exist_ok=True)
        for name, text in (('ilbc_export.h', '#define ILBC_EXPORT\n'), ('absl/base/attributes.h', '#define ABSL_MUST_USE_RESULT\n')):
            with open(os.path.join(folder, name), 'w') as header:
                header.write(text)
        for f in files:
            subprocess.run(['gcc', '-O2', '-w', '-I', source, '-I', folder, '-c', f], cwd=folder, stderr=subprocess.DEVNULL)
        subprocess.run(['ar', 'rc', library] + glob.glob(os.path.join(folder, '*.o')), check=True)
    return ['-DILBC', library]


def jmh(folder, cases):
    """Runs the benchmark of those cases; returns a function that gives what it measured: encode and decode, then their heap bytes."""
    if not os.environ.get('SKIP_BUILD'):
        subprocess.run(['mvn', '-q', '-o', '-DskipTests', 'process-classes',
                        'org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath', '-pl', 'benchmarks', '-am',
                        '-Dmdep.outputFile=target/classpath', '-Dmdep.includeScope=runtime'], cwd=p.ROOT, check=True)
    out = os.path.join(folder, 'jmh.json')
    name = {case: '%s %d %s' % (case[1].rsplit('/', 1)[0], case[4], case[2]) for case in cases}
    path = os.path.join(p.ROOT, 'benchmarks', 'target', 'classes') + ':' + open(
        os.path.join(p.ROOT, 'benchmarks', 'target', 'classpath')).read().strip()
    subprocess.run(['java', '-cp', path, 'org.openjdk.jmh.Main', 'CodecBenchmark', '-prof', 'gc', '-rf', 'json', '-rff', out, '-v', 'SILENT',
                    '-jvmArgs', '-Dearshot.speech=' + folder, '-p', 'codec=' + ','.join(name.values())], check=True)
    found = {(r['params']['codec'], r['benchmark'].rsplit('.', 1)[1]): (
        r['primaryMetric']['score'], next(v['score'] for k, v in r['secondaryMetrics'].items() if k.endswith('gc.alloc.rate.norm')))
        for r in json.load(open(out))}

    def measured(case):
        both = [found[name[case], verb] for verb in ('encode', 'decode')]
        return [round(both[0][0]), round(both[1][0]), round(both[0][1]), round(both[1][1])]
    return measured


def turns(java, folder, case):
    """The best of several turns by processor time."""
    task = ('speed', case[1], case[4], os.path.join(folder, '%d.pcm' % case[3]), '-', case[2])
    return [min(x) for x in zip(*[[int(x) for x in p.ours(java, [task])[0].split()[1:]] for _ in range(TURNS)])]


def main():
    wishes = [x for x in sys.argv[1:] if x != '--jmh']
    folder = p.work('speed')
    extra, native = ilbc(folder), os.path.join(folder, 'native')
    subprocess.run(['gcc', '-O2', '-o', native, os.path.join(HERE, 'native.c')] + extra[:1] + ['-D' + x for x in LIBRARIES]
                   + ['-l:' + x for x in LIBRARIES.values()] + extra[1:] + ['-lm'], check=True)
    for rate in (8000, 16000, 32000, 48000):
        np.concatenate(list(p.speech(rate, folder).values()))[:20 * rate].tofile(os.path.join(folder, '%d.pcm' % rate))
    cases = [c for c in CASES if not wishes or any(wish.lower() in c[0].lower() for wish in wishes)]
    if '--jmh' in sys.argv:
        measure = jmh(folder, cases)
    else:
        java = p.build('tp-concentus', 'codec-g711', 'codec-g722', 'codec-gsm', 'codec-g729', 'codec-ilbc', 'codec-speex', 'codec-opus')
        measure = lambda case: turns(java, folder, case)  # noqa: E731
    print('%-26s %9s %9s %6s   %9s %9s %6s   %s' % (
        '20 s of speech, ns', 'encode', 'native', 'ratio', 'decode', 'native', 'ratio', 'heap bytes'))
    for case in cases:
        name, _, _, rate, _, library, setting, goal = case
        theirs = []
        for _ in range(TURNS):
            run = subprocess.run([native, library, str(setting), os.path.join(folder, '%d.pcm' % rate), '15'], text=True, stdout=subprocess.PIPE)
            theirs.append([int(x) for x in run.stdout.split()] or [0, 0])
        best, ref = measure(case), [min(x) for x in zip(*theirs)]
        ratios = [b / r if r else float('nan') for b, r in zip(best, ref)]
        note = '   over %.1f' % goal if goal and max(ratios) > goal else ''
        print('%-26s %9d %9d %6.2f   %9d %9d %6.2f   %d and %d%s' % (
            name, best[0], ref[0], ratios[0], best[1], ref[1], ratios[1], best[2], best[3], note), flush=True)


main()
