#!/usr/bin/env python3
"""Copies the icons named in names.txt from an unpacked lucide-static package (npm) to this folder.

    npm pack lucide-static && tar xzf lucide-static-*.tgz && python3 mk.py package

Two things are changed. The licence comment and class are dropped (LICENSE is beside). Path data is rewritten with a
separator between all numbers: Lucide packs the flags of arcs ("a1 1 0 0 1-1-1", "a.5.5 0 0 1"), which oksvg misreads, and puts several arcs
behind one letter, of which it misplaces all but the first.
"""
import pathlib, re, sys

NUMBER = re.compile(r'[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?')

def arguments(cmd, s):
    out, i = [], 0
    while i < len(s):
        if s[i] in ' ,\t\n':
            i += 1
            continue
        if cmd in 'aA' and len(out) % 7 in (3, 4):  # flags are one digit, whatever follows
            out.append(s[i]); i += 1
            continue
        m = NUMBER.match(s, i)
        if not m:
            raise ValueError(f'bad path data at {i}: {s}')
        out.append(m.group()); i = m.end()
    return out

def command(c, args):
    if c in 'aA':  # oksvg takes only the first of several relative arcs behind one letter from the right place
        return ' '.join(' '.join([c] + args[i:i + 7]) for i in range(0, len(args), 7))
    return ' '.join([c] + args)

def path(d):
    return ' '.join(command(c, arguments(c, a)) for c, a in re.findall(r'([a-zA-Z])([^a-zA-Z]*)', d))

def main(package):
    here = pathlib.Path(__file__).parent
    for name in (here / 'names.txt').read_text().split():
        svg = (pathlib.Path(package) / 'icons' / f'{name}.svg').read_text()
        svg = re.sub(r'<!--.*?-->\s*', '', svg, flags=re.S)
        svg = re.sub(r'\s*class="[^"]*"', '', svg)
        svg = re.sub(r'(\sd=")([^"]*)"', lambda m: m.group(1) + path(m.group(2)) + '"', svg)
        svg = re.sub(r'>\s+<', '><', re.sub(r'\s+', ' ', svg)).strip()
        svg = re.sub(r' rx="([^"]*)"(?! ry)', r' rx="\1" ry="\1"', svg)  # oksvg leaves corners square without ry
        (here / f'{name}.svg').write_text(svg + '\n')

main(sys.argv[1])
