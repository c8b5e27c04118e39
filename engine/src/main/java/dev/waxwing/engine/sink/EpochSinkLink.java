package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.site.StepSite;
import org.jspecify.annotations.Nullable;

/** The end of a chain whose target gets the items of an epoch when the epoch is decided. */
public final class EpochSinkLink extends WriterLink<EpochPart> {

    /*
     * Items go into an outbox in the store, or are staged by the partition itself, on a lane. The barrier has each
     * partition that was written to prepare the epoch there: it says what is to be committed. When all have
     * (isPrepared), the worker reports the epoch, and with its decision what was prepared is in the store; from then on
     * Delivery commits it. What is done is removed with an epoch that ends later.
     *
     * The ledger goes on here: as many items as the outbox was given are in what was prepared of it.
     *
     * A target may reject items when it commits, long after they were counted as stored. They become dead letters when
     * their epoch is done, so marks and the end of input, too, wait for that on their way behind dead letters
     * (RejectedLetters).
     */
    private final SinkLetters letters;
    private final RejectedLetters rejected;
    private final Deliveries deliveries;
    private final StepSite site;
    private int preparing;

    EpochSinkLink(
            SinkWriter<EpochPart> writer,
            SinkLetters letters,
            Deliveries deliveries,
            StepSite site,
            StepSite feeder) {
        super(writer, feeder);
        this.letters = letters;
        this.rejected = new RejectedLetters(letters, deliveries, site);
        this.deliveries = deliveries;
        this.site = site;
    }

    @Override
    public void flush() {
        writer.writeDue();
        letters.flush();
    }

    @Override
    public void barrier(long epoch) {
        writer.endEpoch().forEach(slot -> prepare(slot, epoch));
        writer.open().forEach(deliveries::removeDone);
        rejected.barrier(epoch);
    }

    @Override
    public void watermark(long micros) {
        letters.watermark(micros);
    }

    @Override
    public void end() {
        writer.endInput();
        rejected.end();
    }

    /** Whether all that belongs to the epoch that has ended is prepared. */
    public boolean isPrepared() {
        return preparing == 0;
    }

    @Override
    public boolean poll() {
        boolean any = writer.collect();
        any |= rejected.pass(writer.open());
        any |= writer.writeDue();
        return any;
    }

    @Override
    public boolean isFinished() {
        return writer.isQuiet() && rejected.isFinished();
    }

    private void prepare(SinkSlot<EpochPart> slot, long epoch) {
        preparing++;
        var preparation = new Preparation(slot, epoch, site.nowMillis());
        writer.start(slot, new SinkCall("prepare", preparation::run, preparation::ended));
    }

    /* The outbox's part of the ledger: what was stored in an epoch is in its outbox. */
    private void checkPrepared(SinkSlot<EpochPart> slot, @Nullable Prepared work) {
        long taken = slot.takeStored();
        if (!slot.part.isStore()) {
            return;
        }
        long kept = work == null ? 0 : work.items();
        if (kept != taken) {
            throw site.failed(
                    "partition '"
                            + writer.name(slot)
                            + "' has stored "
                            + taken
                            + " items in an epoch whose outbox has "
                            + kept
                            + "; the epoch is not decided; this is a defect of Waxwing, please"
                            + " report it");
        }
    }

    /** The call by which a partition prepares an epoch. */
    private final class Preparation {

        private final SinkSlot<EpochPart> slot;
        private final long epoch;
        private final long nowMillis;

        /* Written on the lane, read when the call has ended: see LaneCalls. */
        private @Nullable Prepared work;

        Preparation(SinkSlot<EpochPart> slot, long epoch, long nowMillis) {
            this.slot = slot;
            this.epoch = epoch;
            this.nowMillis = nowMillis;
        }

        /* On the lane. */
        void run() throws Exception {
            work = slot.part.prepare(epoch, nowMillis);
        }

        void ended(@Nullable Throwable failure) {
            writer.account().called("prepare", writer.name(slot), failure);
            preparing--;
            checkPrepared(slot, work);
            if (work != null) {
                deliveries.prepared(slot, work);
            }
        }
    }
}
