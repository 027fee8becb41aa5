# Adds to the ui faces, after mk.py, outlines of Noto Emoji, in one colour, for the emoji that Fyne's own font (EmojiOne, of 2016)
# lacks, and for those of emoji.txt, which Fyne draws from it smaller than 0.75 em or not at all. Skin tones become empty: beside
# an emoji of ours they would be drawn as a patch of colour.
# Arguments: the folder of Fyne's fonts, the folder of npm's @expo-google-fonts/noto-emoji.
import sys
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
FYNE,NOTO=sys.argv[1],sys.argv[2]
K=.84 # Noto's emoji are 1.27 em wide, EmojiOne's 1 em
def add(out,noto):
    f=TTFont(out); n=TTFont(NOTO+noto); gs=n.getGlyphSet()
    k=K*f['head'].unitsPerEm/n['head'].unitsPerEm
    have=set(f.getBestCmap())|set(TTFont(FYNE+'/EmojiOneColor.otf').getBestCmap())
    cff=f['CFF '].cff; td=cff[0]; cs=td.CharStrings; new={}
    have-={ord(c) for c in open('emoji.txt').read().strip()}
    glyphs=n.getBestCmap()|{c:None for c in range(0x1f3fb,0x1f400)}
    for c,g in sorted(glyphs.items()):
        if g and (c in have or not(0x2300<=c<0x2c00 or 0x1f000<=c<0x1fb00)): continue
        whole=DecomposingRecordingPen(gs); p=T2CharStringPen(None,None)
        if g: gs[g].draw(whole)
        whole.replay(TransformPen(p,(k,0,0,k,0,0)))
        name='u%04X'%c
        cs.charStringsIndex.append(p.getCharString(td.Private,cff.GlobalSubrs)); cs.charStrings[name]=len(cs.charStringsIndex)-1
        td.charset.append(name); f['hmtx'].metrics[name]=(round(gs[g].width*k) if g else 0,0); new[c]=name
    f.setGlyphOrder(td.charset); f['maxp'].numGlyphs=len(td.charset)
    for t in f['cmap'].tables:
        if t.isUnicode(): t.cmap.update({c:g for c,g in new.items() if c<0x10000 or t.format==12})
    wide=CmapSubtable.newSubtable(12)
    wide.platformID,wide.platEncID,wide.language,wide.cmap=3,10,0,dict(f.getBestCmap())|new
    f['cmap'].tables.append(wide)
    f.save(out); print(out,len(new))
add('ui-400.otf','/400Regular/NotoEmoji_400Regular.ttf')
add('ui-400i.otf','/400Regular/NotoEmoji_400Regular.ttf')
add('ui-600.otf','/600SemiBold/NotoEmoji_600SemiBold.ttf')
