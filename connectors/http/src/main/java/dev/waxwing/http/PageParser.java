package dev.waxwing.http;

import java.io.Serializable;

/**
 * Makes items of the answer to a poll.
 *
 * @param <T> item
 */
@FunctionalInterface
public interface PageParser<T> extends Serializable {

    /**
     * Reads a page.
     *
     * @throws Exception if it cannot be read; it is asked for again as often as the step's policy
     *     says, and then the execution stops before it
     */
    Page<T> parse(HttpPage page) throws Exception;
}
