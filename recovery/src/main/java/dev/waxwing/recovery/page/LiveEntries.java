package dev.waxwing.recovery.page;

/**
 * Finds the newest value of every key among the pages of one state, given from the newest to the
 * oldest, and hands on what is live. Confined to one thread.
 */
public final class LiveEntries {

    private final KeyIndex seen = new KeyIndex();
    private final PageConsumer live;

    /**
     * For the pages of one state.
     *
     * @param live given pages of what is live, never an empty one
     */
    public LiveEntries(PageConsumer live) {
        this.live = live;
    }

    /**
     * Takes the next older page.
     *
     * @return false if all older pages are void
     */
    public boolean accept(StatePage page) {
        return accept(page, false);
    }

    /**
     * Takes a page whose keys occur in no older page, so that they need not be remembered.
     *
     * @return false if all older pages are void
     */
    public boolean acceptBase(StatePage page) {
        return accept(page, true);
    }

    private boolean accept(StatePage page, boolean isBase) {
        if (page.isClearing()) {
            return false;
        }
        PageWriter survivors = new PageWriter(page.state(), page.keySchema(), page.valueSchema());
        PageCursor entry = page.cursor();
        while (entry.next()) {
            if (isNew(page.data(), entry, isBase) && !entry.isRemoval()) {
                survivors.add(entry);
            }
        }
        if (survivors.entries() == page.entries()) {
            live.accept(page);
        } else if (survivors.entries() > 0) {
            live.accept(survivors.toPage());
        }
        return true;
    }

    private boolean isNew(byte[] data, PageCursor entry, boolean isBase) {
        int offset = entry.keyOffset();
        int length = entry.keyLength();
        int former = isBase ? seen.get(data, offset, length) : seen.put(data, offset, length, 1);
        return former < 0;
    }
}
