package dev.waxwing;

/** An operator whose substeps are its own business. */
record NamedOperator<I, R>(String operatorName, Operator<I, R> operator) implements Operator<I, R> {

    @Override
    public R apply(I up) {
        return operator.apply(up);
    }
}
