package dev.waxwing.files;

import dev.waxwing.files.AuctionEvent.Auction;
import dev.waxwing.files.AuctionEvent.Bid;
import dev.waxwing.files.AuctionEvent.Person;
import java.time.Duration;
import java.time.Instant;

/** Makes any event of the auction stream by its number. Confined to a partition's thread. */
final class AuctionGenerator {

    /*
     * After the generator of the Nexmark benchmark (Tucker, Tufte, Papadimos, Maier: NEXMark, 2002,
     * in the form that Apache Beam gave it): of each 50 events the first is a person, then three
     * auctions, then 46 bids. Ids count up, so how many people and auctions there are at an event
     * follows from its number, and events may refer to any of these without the generator keeping
     * them. Half of the bids go to one hot auction of the last hundred, three of four bidders and
     * sellers are the hot one of their hundred.
     *
     * Unlike the original, references never lead to what comes later, and there is no padding.
     */

    static final int GROUP = 50;
    static final long FIRST_ID = 1_000;

    private static final int AUCTIONS = 3;
    private static final int HOT = 100;
    private static final int ACTIVE_PEOPLE = 1_000;
    private static final int FIRST_CATEGORY = 10;
    private static final int CATEGORIES = 5;
    private static final long NANOS = 1_000_000_000L;
    private static final String[] STATES = {"AZ", "CA", "ID", "OR", "WA", "WY"};
    private static final String[] CITIES = {
        "Phoenix",
        "Los Angeles",
        "San Francisco",
        "Boise",
        "Portland",
        "Bend",
        "Redmond",
        "Seattle",
        "Kent",
        "Cheyenne"
    };
    private static final String[] FIRST_NAMES = {
        "Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter",
        "Walter"
    };
    private static final String[] LAST_NAMES = {
        "Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris"
    };
    private static final String[] CHANNELS = {"Apple", "Google", "Facebook", "Baidu"};

    private final Instant start;
    private final long eventsPerSecond;
    private final SeededDraws draws;

    AuctionGenerator(AuctionOptions options) {
        this.start = options.start();
        this.eventsPerSecond = options.eventsPerSecond();
        this.draws = new SeededDraws(options.seed());
    }

    AuctionEvent event(long number) {
        draws.start(number);
        long group = number / GROUP;
        int place = (int) (number % GROUP);
        if (place == 0) {
            return person(group, timestamp(number));
        }
        if (place <= AUCTIONS) {
            return auction(group, place - 1, timestamp(number));
        }
        return bid(group, timestamp(number));
    }

    Instant timestamp(long number) {
        long nanos = number % eventsPerSecond * NANOS / eventsPerSecond;
        long second = start.getEpochSecond() + number / eventsPerSecond;
        return Instant.ofEpochSecond(second, start.getNano() + nanos);
    }

    private Person person(long group, Instant timestamp) {
        String first = FIRST_NAMES[draws.below(FIRST_NAMES.length)];
        String last = LAST_NAMES[draws.below(LAST_NAMES.length)];
        return new Person(
                FIRST_ID + group,
                first + " " + last,
                first + "." + last + "@example.org",
                Long.toString(1_000_000_000_000_000L + draws.below(9_000_000_000_000_000L)),
                CITIES[draws.below(CITIES.length)],
                STATES[draws.below(STATES.length)],
                timestamp);
    }

    private Auction auction(long group, int place, Instant timestamp) {
        long initialBid = price();
        long id = FIRST_ID + group * AUCTIONS + place;
        return new Auction(
                id,
                "item-" + id,
                initialBid,
                initialBid + price(),
                timestamp.plus(Duration.ofMillis(1 + draws.below(20_000))),
                FIRST_ID + person(group),
                FIRST_CATEGORY + draws.below(CATEGORIES),
                timestamp);
    }

    private Bid bid(long group, Instant timestamp) {
        long newest = group * AUCTIONS + AUCTIONS - 1;
        long auction =
                draws.below(2) == 0
                        ? newest / HOT * HOT
                        : newest - draws.below((int) Math.min(HOT, newest + 1));
        return new Bid(
                FIRST_ID + auction,
                FIRST_ID + person(group),
                price(),
                CHANNELS[draws.below(CHANNELS.length)],
                timestamp);
    }

    /** Index of one who has registered up to the group. */
    private long person(long group) {
        return draws.below(4) > 0
                ? group / HOT * HOT
                : group - draws.below((int) Math.min(ACTIVE_PEOPLE, group + 1));
    }

    /** From one to a million, small ones more often, in cents. */
    private long price() {
        return Math.round(Math.pow(10, draws.fraction() * 6) * 100);
    }
}
