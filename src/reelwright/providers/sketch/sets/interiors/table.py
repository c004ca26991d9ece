"""Every interior: its name, the heading's words that call for it, its builder, its ambience."""

from collections.abc import Callable

from reelwright.providers.sketch.sets.interiors import (
    bar,
    bathroom,
    bedroom,
    car,
    cave,
    cell,
    church,
    classroom,
    corridor,
    courtroom,
    elevator,
    great_hall,
    gym,
    hospital,
    kitchen,
    laboratory,
    library,
    lighthouse,
    living_room,
    lobby,
    office,
    plain,
    plane,
    restaurant,
    ship_cabin,
    shop,
    spaceship,
    staircase,
    theatre,
    train,
    warehouse,
    workshop,
)
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.stage import SetDesign, Stage


def _row(words: str, build: Callable[[Stage], None], air: str) -> SetDesign:
    """A row of the table; its name is the first of its words, which commas part."""
    names = listed(words)
    return SetDesign(names[0], names, build, air)


INTERIORS: tuple[SetDesign, ...] = (
    _row(
        """
        room, cabin, hut, shack, cottage, tent, basement, cellar, attic, log cabin,
        teepee, tepee, yurt, igloo, crawlspace, tree house, treehouse
        """,
        plain.build,
        "room",
    ),
    _row(
        """
        living room, lounge, sitting room, drawing room, parlour, parlor, apartment, house, home,
        flat, den, family room, mansion, villa, loft, suite, penthouse, condo, condominium, apt,
        brownstone, townhouse, town house, farmhouse, farm house, beach house, safehouse,
        safe house, bungalow, duplex, manor, lodge, estate, plantation, living area, hotel suite,
        sun room, playroom, rec room, recreation room, game room, music room, trailer, mobile home,
        downstairs, party, balcony
        """,
        living_room.build,
        "room",
    ),
    _row(
        """
        kitchen, kitchenette, pantry, breakfast room, dining room, dining area, breakfast nook,
        scullery, laundry room
        """,
        kitchen.build,
        "kitchen",
    ),
    _row(
        """
        bedroom, hotel room, motel room, motel, hotel, nursery, guest room, dormitory, dorm,
        dorm room, bedchamber, bed chamber, quarters, barracks, bunk, bunk room, bunkhouse,
        sleeping quarters, bed sit, boudoir, guest house, closet, boarding house
        """,
        bedroom.build,
        "room",
    ),
    _row(
        """
        bathroom, toilet, washroom, wash room, restroom, rest room, shower, men's room, mens room,
        ladies' room, ladies room, women's room, lavatory, powder room, bath, bathhouse, stall,
        men's restroom, shower room
        """,
        bathroom.build,
        "bathroom",
    ),
    _row(
        """
        office, cubicle, newsroom, bureau, agency, police station, precinct, study, bank,
        conference room, meeting room, boardroom, interrogation room, studio, call centre,
        call center, building, center, centre, headquarters, hq, fbi, cia, pentagon, division, unit,
        section, command, bullpen, bull pen, squad room, studio office, office building,
        police headquarters, sheriff's office, station house, stationhouse, command center,
        command post, briefing room, war room, situation room, operations room, surveillance room,
        security room, mail room, mailroom, tv station, television station, news station,
        news room, radio station, radio, recording studio, embassy, firm, facility, federal
        """,
        office.build,
        "office",
    ),
    _row(
        """
        corridor, hallway, passage, hotel corridor, hospital corridor, school corridor, tunnel,
        subway, passageway, underground, shaft, level, floor, phone booth, telephone booth, upstairs,
        duct, air duct, vent, walkway, gangway, subway platform, platform
        """,
        corridor.build,
        "corridor",
    ),
    _row(
        """
        classroom, school, schoolroom, lecture hall, auditorium, university, class, college,
        high school, lecture room, lecture theatre, schoolhouse, kindergarten
        """,
        classroom.build,
        "classroom",
    ),
    _row(
        """
        hospital room, hospital, ward, clinic, infirmary, emergency room, operating room, surgery,
        icu, sick bay, morgue, sickbay, medbay, med bay, med lab, medical bay, medical center,
        medical, examination room, exam room, recovery room, autopsy room, operating theater,
        operating theatre, asylum, mental hospital, mental institution, nursing home,
        retirement home, trauma, intensive care
        """,
        hospital.build,
        "hospital",
    ),
    _row(
        """
        bar, pub, tavern, saloon, nightclub, night club, club, inn, casino, strip club, strip joint,
        disco, speakeasy, brewery, pool hall, joint, dance floor
        """,
        bar.build,
        "bar",
    ),
    _row(
        """
        diner, cafe, café, coffee shop, cafeteria, canteen, burger bar, fast food, coffee house,
        coffeehouse, starbucks, mcdonald's, lunchroom, lunch room, mess hall, food court, mess,
        pizzeria, ice cream parlor
        """,
        restaurant.build_diner,
        "restaurant",
    ),
    _row(
        "restaurant, bistro, dining hall, banquet, ballroom, banquet hall, steakhouse",
        restaurant.build_restaurant,
        "restaurant",
    ),
    _row(
        """
        church, chapel, cathedral, temple, monastery, abbey, confessional, mosque, synagogue,
        sanctuary, shrine, convent, funeral home, funeral parlor, mortuary, nave
        """,
        church.build,
        "church",
    ),
    _row(
        """
        car, taxi, cab, truck, van, police car, limousine, limo, vehicle, jeep, pickup, ambulance,
        driver's seat, suv, sedan, wagon, station wagon, cruiser, moving, squad car, patrol car,
        police cruiser, taxicab, back seat, backseat, front seat, minivan, rv, camper, winnebago,
        humvee, hummer, tank, convertible, mercedes, bmw, porsche, ferrari, cadillac, escalade,
        buick, chevy, chevrolet, toyota, volvo, jaguar, rolls royce, volkswagen, mustang, driving
        """,
        car.build,
        "car",
    ),
    _row(
        """
        train, carriage, train compartment, compartment, train car, railway carriage, sleeping car,
        dining car, bus, tram, subway train, subway car, school bus, coach, caboose, boxcar, box car,
        club car, monorail
        """,
        train.build,
        "train",
    ),
    _row(
        """
        staircase, stairs, stairwell, stairway, landing, hall, entrance hall, foyer,
        vestibule, front hall, stair, front door, doorway, door, entryway
        """,
        staircase.build,
        "room",
    ),
    _row(
        """
        lobby, hotel lobby, airport, airport terminal, terminal, reception, reception area,
        reception desk, front desk, desk, security, security checkpoint, checkpoint, entrance, entry,
        mall, shopping mall, shopping center, station hall, station, bus station, bus terminal,
        train station, railway station, subway station, metro station, union station, concourse,
        departure lounge, waiting room, waiting area, atrium, convention center, arcade, box office,
        jetway, baggage claim, customs, ticket counter, ticket office, mezzanine
        """,
        lobby.build,
        "hall",
    ),
    _row(
        """
        great hall, throne room, castle, palace, banqueting hall, keep, castle hall, antechamber
        """,
        great_hall.build,
        "hall",
    ),
    _row(
        """
        gym, gymnasium, locker room, changing room, boxing ring, boxing gym, ring, weight room, arena,
        stadium, coliseum, fitness center, health club, sauna, steam room, dojo, sports hall,
        basketball court, squash court, boxing hall, ice rink, rink, bowling alley
        """,
        gym.build,
        "hall",
    ),
    _row(
        """
        ship cabin, ship, boat, galley, captain's cabin, stateroom, deck, hold,
        cargo hold, cargo bay, below deck, below decks, pilothouse, wheelhouse, wheel house, yacht,
        houseboat, fishing boat, sailboat, ferry, crow's nest, steerage, freighter
        """,
        ship_cabin.build,
        "ship",
    ),
    _row(
        """
        cell, prison, prison cell, jail, dungeon, holding cell, lock-up, bunker, vault, pit,
        jail cell, bank vault, jailhouse, cage, penitentiary, death row, torture chamber,
        bomb shelter, shelter, panic room, holding area, brig
        """,
        cell.build,
        "cell",
    ),
    _row(
        """
        shop, store, supermarket, grocery, convenience store, market, bakery, bookshop, pharmacy,
        boutique, drugstore, gas station, salon, beauty salon, barber shop, barbershop, hair salon,
        deli, laundromat, dry cleaners, pawn shop, department store, liquor store, hardware store,
        grocery store, mini mart, minimart, video store, record store, counter, stand
        """,
        shop.build,
        "shop",
    ),
    _row(
        """
        workshop, garage, shed, barn, boathouse, forge, machine shop, tool shed, stable,
        engine room, boiler room, fire station, firehouse, auto shop, body shop, utility room,
        blacksmith
        """,
        workshop.build,
        "workshop",
    ),
    _row(
        """
        cave, cavern, grotto, mine, catacomb, catacombs, crypt, sewer, lair, tomb, burial chamber,
        mausoleum, mine shaft, pyramid
        """,
        cave.build,
        "cave",
    ),
    _row(
        """
        spaceship, bridge, spacecraft, space station, starship, cockpit, airlock, shuttle,
        control room, submarine, mission control, space ship, flight deck, control booth,
        control center, control centre, control, command deck, command module, capsule,
        escape pod, lander, space shuttle, sub, conning tower, mother ship, mothership, control deck,
        observation deck, bay
        """,
        spaceship.build,
        "spaceship",
    ),
    _row(
        """
        lamp room, lighthouse, lantern room, lighthouse lamp room, watchtower, tower, belfry,
        bell tower, turret
        """,
        lighthouse.build,
        "lighthouse",
    ),
    _row(
        """
        library, reading room, archive, bookstore, museum, gallery, art gallery, book store,
        records room, record room, file room, exhibit, collection
        """,
        library.build,
        "library",
    ),
    _row(
        """
        laboratory, lab, research facility, clean room, observatory, research center, research,
        science, darkroom, dark room, greenhouse
        """,
        laboratory.build,
        "laboratory",
    ),
    _row(
        """
        courtroom, court, courthouse, tribunal, senate, parliament, chamber, court room, court house,
        hearing room, council chamber, city hall, town hall, congress
        """,
        courtroom.build,
        "hall",
    ),
    _row(
        """
        theatre, theater, stage, opera, concert hall, backstage, cinema, dressing room, movie theater,
        movie theatre, movie house, opera house, playhouse, screening room, sound stage, soundstage,
        projection room, rehearsal room, rehearsal hall, dance studio, circus tent, big top
        """,
        theatre.build,
        "hall",
    ),
    _row(
        """
        warehouse, factory, depot, hangar, storage, storeroom, loading dock, industrial hall,
        hanger, storage room, parking garage, parking structure, underground garage, parking level,
        underground parking, parking, power plant, power station, plant, steel mill, refinery,
        reactor, slaughterhouse, meat locker, silo, catwalk
        """,
        warehouse.build,
        "warehouse",
    ),
    _row(
        "elevator, lift, elevator car, freight elevator, elevator shaft",
        elevator.build,
        "elevator",
    ),
    _row(
        """
        plane, airplane, aeroplane, aircraft, jet, plane cabin, airliner, private jet, helicopter,
        chopper, copter, jetliner, air force one, gulfstream, cargo plane, airplane cabin,
        airplane cockpit, bomber, first class cabin, blackhawk
        """,
        plane.build,
        "plane",
    ),
)
