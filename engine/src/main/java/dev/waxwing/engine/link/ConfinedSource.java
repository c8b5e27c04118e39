package dev.waxwing.engine.link;

import dev.waxwing.source.SourceEmitter;

/**
 * The head of a source's chain as long as what it costs does not matter: refuses what comes when
 * the stage does not run, on another thread, or from a step behind, before it goes anywhere.
 *
 * @param head takes what comes
 * @param link of the same chain
 */
public record ConfinedSource(SourceEmitter<Object> head, SourceLink link)
        implements SourceEmitter<Object> {

    @Override
    public void emit(Object item) {
        link.enter();
        try {
            head.emit(item);
        } finally {
            link.leave();
        }
    }

    @Override
    public void reject(Object raw, Exception cause) {
        head.reject(raw, cause);
    }

    @Override
    public boolean hasRoom() {
        return head.hasRoom();
    }
}
