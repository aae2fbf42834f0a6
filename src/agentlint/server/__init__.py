"""agentlint in an editor: a language server over the same engine that the command line runs.

`protocol` speaks to the client and is the only module that imports pygls; the others say what there
is to say in the terms of the protocol (`lsprotocol.types`). Both packages come with the extra `lsp`.
"""
