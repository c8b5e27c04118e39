package dev.waxwing.files;

import java.time.Instant;

/**
 * What happens at an auction house, in the shape of the Nexmark benchmark: people come, people open
 * auctions, people bid.
 */
public sealed interface AuctionEvent {

    /** When it happened, in the data's time. */
    Instant timestamp();

    /** A person has registered. */
    record Person(
            long id,
            String name,
            String email,
            String creditCard,
            String city,
            String state,
            Instant timestamp)
            implements AuctionEvent {}

    /**
     * A person has opened an auction.
     *
     * @param initialBid in cents, as all prices
     * @param reserve the least price that the seller takes
     * @param seller id of a person
     */
    record Auction(
            long id,
            String itemName,
            long initialBid,
            long reserve,
            Instant expires,
            long seller,
            long category,
            Instant timestamp)
            implements AuctionEvent {}

    /**
     * A person has made a bid.
     *
     * @param auction id of an auction that was opened before
     * @param bidder id of a person who registered before
     */
    record Bid(long auction, long bidder, long price, String channel, Instant timestamp)
            implements AuctionEvent {}
}
