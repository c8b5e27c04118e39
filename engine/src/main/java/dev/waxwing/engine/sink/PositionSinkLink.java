package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.StepSite;

/** The end of a chain whose partitions have positions that are kept as state. */
final class PositionSinkLink extends WriterLink<PositionPart> {

    /*
     * A partition writes to its target at once, and at the end of an epoch says where it is: that is the partition's
     * state, and after a crash it goes back there and takes away what came behind. So the epoch must not be decided
     * before the target has durably what lies before the position; the coordinator forces that, off the worker, and
     * tells the partition when the epoch is decided. Only partitions that were written to in the epoch are asked.
     *
     * All that may be put aside is known when nothing waits and no partition is in a call; then marks pass.
     */
    private final SinkLetters letters;
    private final PositionLog epochs;
    private final StepSite site;

    PositionSinkLink(
            SinkWriter<PositionPart> writer,
            SinkLetters letters,
            PositionLog epochs,
            StepSite site,
            StepSite feeder) {
        super(writer, feeder);
        this.letters = letters;
        this.epochs = epochs;
        this.site = site;
    }

    @Override
    public void flush() {
        writer.writeDue();
        letters.flush();
        passMarks();
    }

    @Override
    public void barrier(long epoch) {
        writer.endEpoch().forEach(this::snapshot);
        letters.barrier(epoch);
    }

    @Override
    public void watermark(long micros) {
        letters.watermark(micros);
        passMarks();
    }

    @Override
    public void end() {
        writer.endInput();
        letters.end();
    }

    private void snapshot(SinkSlot<PositionPart> slot) {
        String name = writer.name(slot);
        StepSite before = site.worker().calls(site);
        try {
            Object position = slot.part.snapshot();
            epochs.positions().put(name, position);
            epochs.forces().accept(new Forced(site, name, slot.part, position));
        } catch (Throwable thrown) {
            throw site.failed(SinkAccount.call("snapshot", name), null, thrown);
        }
        site.worker().calls(before);
    }

    private void passMarks() {
        if (writer.isIdle()) {
            letters.passMarks();
        }
    }
}
