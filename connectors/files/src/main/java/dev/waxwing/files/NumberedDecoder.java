package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;

/** Decodes lines and numbers them. Confined to the thread of its partition. */
final class NumberedDecoder implements LineDecoder<NumberedLine> {

    private final TextDecoder texts;

    NumberedDecoder(ReadOptions options) {
        this.texts = new TextDecoder(options);
    }

    @Override
    public void decode(LineReader line, SourceEmitter<? super NumberedLine> out) {
        String text = texts.text(line, out);
        if (text != null) {
            out.emit(new NumberedLine(line.file(), line.lines(), line.lineOffset(), text));
        }
    }
}
