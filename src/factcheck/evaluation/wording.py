from __future__ import annotations
from fnmatch import fnmatchcase
from factcheck.matching import Hit, Reading
from factcheck.qualifiers import placed_qualifiers
from factcheck.ruleset.values import RuleSet
from factcheck.tokens import CLAUSE_PUNCTUATION

STOP={'but','however','which','although','though','whereas','while'}
def scopes(rules,sheet,reading,role):
    return [(q.hit,q.end) for q in placed_qualifiers(rules, reading) if any(fnmatchcase(q.rule.id,p) for p in sheet.qualifiers[role])]
def inside(hit,qs):
    return any(h.end<=hit.start<e for h,e in qs)
def forward(reading,hits,most=25):
    out=[]
    for h in hits:
        e=h.end
        while e<len(reading.tokens) and reading.tokens.words[e] not in CLAUSE_PUNCTUATION and reading.tokens.words[e] not in STOP and e-h.end<most: e+=1
        out.append((h,e))
    return out
TURN={'but','although','though','whereas','while',';','however'}
def silent_parts(reading,hits):
    w=reading.tokens.words
    cuts=[0]+[i for i,x in enumerate(w) if x in TURN]+[len(w)]
    return [(a,b) for a,b in zip(cuts,cuts[1:]) if any(a<=h.start<b for h in hits)]
def masked(hit,masks):
    return any(m.overlaps(hit) and not (hit.covers(m) and hit.solid>m.solid) for m in masks)
def cues(rules, reading):
    sheet=rules.cues['wording']; P=sheet.phrases
    quiet=silent_parts(reading,reading.all(P['silent']))
    masks=reading.all(P['mask']); lmasks=reading.all(P['mask_link']); nots=reading.all(P['not_supposed'])
    hedge,asked,linked=(scopes(rules,sheet,reading,r) for r in('hedge','asked','linked'))
    modal=hedge
    hedge=hedge+forward(reading,[h for h in reading.all(P['supposed']) if not masked(h,nots) ])
    asked=asked+forward(reading,reading.all(P['aim']),12)
    out={}
    for role in ('causal','effect','association','possibility','maybe'):
        for hit in reading.all(P[role]):
            if masked(hit,lmasks if role=='association' else masks): continue
            if inside(hit,asked) or any(a<=hit.start<b for a,b in quiet): continue
            if role=='association': k='correlational'
            elif inside(hit,linked): continue
            elif role=='maybe': 
                if not inside(hit,modal): continue
                k='maybe'
            elif role=='possibility' or inside(hit,hedge): k='conditional'
            else: k={'causal':'direct','effect':'weak'}[role]
            out.setdefault(k,[]).append(hit)
    return out
ORDER=('conditional','direct','correlational','maybe','weak')
def wording(rules,reading):
    c=cues(rules,reading)
    for k in ORDER:
        if k in c: return {'weak':'direct','maybe':'conditional'}.get(k,k)
    return 'none'
