package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.StepSite;

/** The end of a chain whose partitions have no position, or none that is recorded. */
final class PlainSinkLink<P extends SinkPart> extends WriterLink<P> {

    /*
     * What is written is in the target, and nothing of it belongs to an epoch: the end of one only holds the ledger
     * against itself. After a crash, what came behind the epoch that is restored is written again, so that each item is
     * there at least once. With recovery off, this is also the link to partitions with a position.
     *
     * All that may be put aside is known when nothing waits and no partition is in a call; then marks pass.
     */
    private final SinkLetters letters;

    PlainSinkLink(SinkWriter<P> writer, SinkLetters letters, StepSite feeder) {
        super(writer, feeder);
        this.letters = letters;
    }

    @Override
    public void flush() {
        writer.writeDue();
        letters.flush();
        passMarks();
    }

    @Override
    public void barrier(long epoch) {
        writer.endEpoch();
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

    private void passMarks() {
        if (writer.isIdle()) {
            letters.passMarks();
        }
    }
}
