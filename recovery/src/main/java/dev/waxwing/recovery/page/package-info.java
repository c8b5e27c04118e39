/**
 * Changes of keyed state as bytes, many keys at a time.
 *
 * <p>Read {@link dev.waxwing.recovery.page.StatePage} first; {@link
 * dev.waxwing.recovery.page.PageWriter} makes one and {@link dev.waxwing.recovery.page.PageCursor}
 * walks over it. {@link dev.waxwing.recovery.page.LiveEntries} finds what is live in many of them.
 * This package must not know where pages are kept.
 */
@NullMarked
package dev.waxwing.recovery.page;

import org.jspecify.annotations.NullMarked;
