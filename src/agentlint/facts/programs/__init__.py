"""Which models Python programs call, by which client, and where the calls go.

`call_sites` is the entry for calls: `call_reader` reads one call, `callers` is the call graph,
`given_models` follows the arguments of callers to a call and `branches` leaves out what they cannot reach.
`smoke_tests` is the entry for checks of a gateway. `code_names` resolves names by way of `bindings`
and `classes`, `clients` tells who is called, `argument_values` what an argument is.
"""
