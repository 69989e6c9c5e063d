"""
Runs the comparison of every codec, or of those named, and ends with one table; conformance/target/all keeps what each printed. Ends with a
status other than 0 if anything differs that must not. What could not run is named with the reason: the sequences are those that
conformance/vectors has fetched, unless the variables of each comparison name others.
"""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CONFORMANCE = os.path.dirname(HERE)
ROOT = os.path.dirname(CONFORMANCE)
WORK = os.path.join(CONFORMANCE, 'target', 'all')
VECTORS = os.path.join(CONFORMANCE, 'target', 'vectors')
CODECS = ['g711', 'g722', 'gsm', 'g729', 'g729-itu', 'ilbc', 'speex', 'opus']
MODULES = 'codec-g711,codec-g722,codec-gsm,codec-g729,codec-ilbc,codec-speex,codec-opus'
#: Variable, what conformance/vectors makes of it, what is left out without.
GIVEN = [
    ('G722_VECTORS', 'g722', 'g722', 'G.722 against the ITU-T sequences'),
    ('GSM_VECTORS', 'gsm', 'gsm', 'GSM against the ETSI sequences'),
    ('G729_CODER', 'g729-coder', 'g729', "G.729 against the ITU-T's program of Annexes A and B"),
    ('G729_DECODER', 'g729-decoder', 'g729', "G.729 against the ITU-T's program of Annexes A and B"),
    ('G729_FULL_DECODER', 'g729-full-decoder', 'g729', "G.729 against the ITU-T's program of the main body with Annex B"),
    ('G729_VECTORS', 'g729', 'g729-itu', 'G.729 against the ITU-T sequences'),
    ('ILBC_VECTORS', os.path.join('ilbc', 'localtests'), 'ilbc', "iLBC against its authors' sequences"),
    ('OPUS_VECTORS', 'opus', 'opus', "Opus against the RFC's streams"),
]


def environment(wanted, missing):
    env = dict(os.environ, SKIP_BUILD='1', NO_SPEED='1', CONFORMANCE_TABLE=os.path.join(WORK, 'table'))
    for variable, name, codec, what in GIVEN:
        path = os.path.join(VECTORS, name)
        if not env.get(variable) and os.path.exists(path):
            env[variable] = path
        if not env.get(variable) and codec in wanted:
            missing.append('%s: %s is not set and conformance/vectors did not fetch %s' % (what, variable, name))
    return env


def table(file):
    """Prints the rows; returns how many are not as they must be."""
    rows = [line.rstrip('\n').split('\t') for line in open(file)] if os.path.exists(file) else []
    rows.insert(0, ['codec', 'against', 'comparisons', 'frames', 'differing', '0'])
    widths = [max(len(r[i]) for r in rows) for i in range(5)]
    bad = 0
    for r in rows:
        wrong = r[5] == '1' and r[4] != '0'
        bad += wrong
        print('%-*s  %-*s  %*s  %*s  %s%s' % (widths[0], r[0], widths[1], r[1], widths[2], r[2], widths[3], r[3], r[4],
                                            '   MUST BE 0' if wrong else ''))
    return bad


def main():
    wanted, missing, failed = sys.argv[1:] or CODECS, [], []
    os.makedirs(WORK, exist_ok=True)
    if not os.environ.get('SKIP_BUILD'):
        subprocess.run(['mvn', '-q', '-o', 'process-classes', '-am', '-pl', MODULES], cwd=ROOT, check=True)
    env = environment(wanted, missing)
    if os.path.exists(env['CONFORMANCE_TABLE']):
        os.remove(env['CONFORMANCE_TABLE'])
    for codec in wanted:
        command = [os.path.join(CONFORMANCE, codec, 'run')]
        if codec == 'g729-itu':
            if not env.get('G729_VECTORS'):
                continue
            command.append(env['G729_VECTORS'])
        start = time.monotonic()
        with open(os.path.join(WORK, codec + '.log'), 'w') as log:
            status = subprocess.run(command, env=env, stdout=log, stderr=subprocess.STDOUT).returncode
        print('%-10s %s in %d s' % (codec, 'ok' if status == 0 else 'FAILED', time.monotonic() - start), flush=True)
        if status:
            failed.append(codec)
            print(open(log.name).read()[-2000:])
    print()
    bad = table(env['CONFORMANCE_TABLE'])
    for line in missing:
        print('not run: ' + line)
    for codec in failed:
        print('failed: %s; see %s' % (codec, os.path.join('conformance', 'target', 'all', codec + '.log')))
    print('%s' % ('everything that must be equal is' if not failed and not bad else '%d rows and %d comparisons are not as they must be' % (
        bad, len(failed))))
    sys.exit(1 if failed or bad else 0)


main()
