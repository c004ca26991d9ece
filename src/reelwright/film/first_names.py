"""A small table of first names that are nearly always a man's or a woman's, for scripts that do not say."""

WOMEN = frozenset(
    "mary anna anne ann emma olivia sophia sofia isabella mia charlotte amelia emily elizabeth ella grace lily "
    "chloe victoria hannah lucy alice sarah sara laura julia julie kate katie catherine katherine kathryn karen "
    "susan linda barbara patricia jennifer jessica amanda melissa michelle nicole stephanie rebecca rachel ruth "
    "margaret maggie martha helen nancy betty dorothy sandra donna carol sharon diana diane jane joan judith rose "
    "clara eva eve iris ivy nora mara maria marie marta nina lena lisa lola maya mila naomi natalie olga paula "
    "petra rita rosa sally sandy sylvia tanya teresa theresa tina vera violet wendy zoe amy annie beth carla "
    "claire daisy debbie edith ellen erin esther eleanor fiona gina gloria greta heather heidi holly ingrid irene "
    "jenny jill josephine joyce june kelly leah lea louise lydia mabel mandy marion monica molly penny phoebe "
    "ramona robin rosie roxanne ruby selma sonia stella tess tilda trudy ursula vanessa wanda yvonne aisha "
    "fatima leila layla yuki keiko mei priya anita ines carmen lucia dolores pilar giulia chiara francesca".split()
)  # fmt: skip
MEN = frozenset(
    "john james robert michael william david richard joseph thomas tom charles charlie daniel dan matthew matt "
    "anthony tony mark donald steven steve paul andrew andy joshua josh kenneth ken kevin brian george edward ed "
    "eddie ronald ron timothy tim jason jeffrey jeff ryan jacob jake gary nicholas nick eric jonathan stephen "
    "larry justin scott brandon benjamin ben samuel sam gregory greg frank francis alexander raymond ray patrick "
    "jack jackie dennis jerry tyler aaron jose adam nathan henry harry douglas doug peter pete zachary kyle "
    "walter walt ethan jeremy harold keith christian roger noah gerald carl terry sean austin arthur art lawrence "
    "jesse dylan bryan joe jordan billy bruce albert al willie gabriel logan alan juan wayne roy ralph randy "
    "eugene vincent vince russell louis louie bobby bob philip phil johnny will bill max leo oscar felix hugo "
    "oliver simon victor viktor ivan igor boris otto karl hans klaus fritz jonas lukas tomas pablo pedro carlos "
    "miguel diego luis antonio marco luca paolo giovanni giuseppe pierre jean michel jacques henri luc ahmed "
    "ali omar hassan mohammed kenji hiroshi takeshi raj arjun vikram ravi wei chen fred freddy norman norther "
    "neil ned martin marvin lester leon ernest earl edgar elliot elias ezra isaac abel abe amos caleb silas".split()
)  # fmt: skip
