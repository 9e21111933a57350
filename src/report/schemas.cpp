#include "report/schemas.hpp"

#include <array>

#include "report/coverage.hpp"
#include "report/graph_schema.hpp"
#include "report/timeline_schema.hpp"

namespace onus::reports {
namespace {

constexpr std::string_view check_schema = R"json({
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "title": "onus check --format json",
 "type": "object",
 "required": ["onus", "format", "inputs", "verdicts", "conclusions", "summary"],
 "properties": {
  "onus": {"type": "string"},
  "format": {"const": "check/1"},
  "inputs": {"type": "array", "items": {"$ref": "#/$defs/input"}},
  "under": {"type": "array", "items": {"type": "string"}},
  "dates": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["case", "as_of", "from"],
    "properties": {
     "case": {"type": "string"},
     "as_of": {"$ref": "#/$defs/date"},
     "from": {"enum": ["today", "--as-of"]},
     "case_says": {"$ref": "#/$defs/date"}
    },
    "additionalProperties": false
   }
  },
  "verdicts": {"type": "array", "items": {"$ref": "#/$defs/verdict"}},
  "conclusions": {"type": "array", "items": {"$ref": "#/$defs/conclusion"}},
  "answers": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["case", "about", "answer"],
    "properties": {
     "case": {"type": "string"},
     "about": {"type": "string"},
     "answer": {"enum": ["yes", "no", "not established"]},
     "by": {"type": "string"},
     "on": {"$ref": "#/$defs/date"},
     "because": {"type": "string"}
    },
    "additionalProperties": false
   }
  },
  "summary": {
   "type": "object",
   "required": ["cases", "verdicts", "applies", "depends", "rejected", "left_out", "judged"],
   "properties": {
    "cases": {"$ref": "#/$defs/count"},
    "verdicts": {"$ref": "#/$defs/count"},
    "applies": {"$ref": "#/$defs/count"},
    "depends": {"$ref": "#/$defs/count"},
    "rejected": {"$ref": "#/$defs/count"},
    "left_out": {
     "type": "array",
     "items": {
      "type": "object",
      "required": ["path", "why"],
      "properties": {"path": {"type": "string"}, "regulation": {"type": "string"}, "why": {"type": "string"}},
      "additionalProperties": false
     }
    },
    "judged": {"$ref": "#/$defs/count"},
    "does_not_apply": {"$ref": "#/$defs/count"},
    "not_yet": {"$ref": "#/$defs/count"},
    "no_longer": {"$ref": "#/$defs/count"},
    "undetermined": {"$ref": "#/$defs/count"},
    "overdue": {"$ref": "#/$defs/count"},
    "breached": {"$ref": "#/$defs/count"},
    "gave_up": {"$ref": "#/$defs/count"},
    "conclusions": {"$ref": "#/$defs/count"}
   },
   "additionalProperties": false
  },
  "diagnostics": {"type": "array"}
 },
 "additionalProperties": false,
 "$defs": {
  "count": {"type": "integer", "minimum": 0},
  "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
  "date_or_null": {"anyOf": [{"$ref": "#/$defs/date"}, {"type": "null"}]},
  "names": {"type": "array", "items": {"type": "string"}},
  "input": {
   "type": "object",
   "required": ["path", "sha256"],
   "properties": {
    "path": {"type": "string"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "encoded_as_of": {"$ref": "#/$defs/date"}
   },
   "additionalProperties": false
  },
  "subject": {
   "type": "object",
   "required": ["kind", "name"],
   "properties": {"kind": {"type": "string"}, "name": {"type": "string"}, "implied": {"const": true}},
   "additionalProperties": false
  },
  "facts": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["fact", "kind"],
    "properties": {
     "fact": {"type": "string"},
     "kind": {"type": "string"},
     "name": {"type": "string"},
     "term": {"type": "string"},
     "year": {"type": "integer"},
     "unanswerable": {"const": true},
     "taken_as": {"type": "string"}
    },
    "additionalProperties": false
   }
  },
  "norm_verdict": {"enum": ["applies", "does-not-apply", "depends", "undetermined", "not-yet", "no-longer", "undecided"]},
  "conclusion_verdict": {"enum": ["holds", "does-not-hold", "depends", "undetermined", "undecided"]},
  "verdict": {
   "type": "object",
   "required": ["case", "as_of", "regulation", "provision", "kind", "bearer", "object", "verdict", "status", "act", "towards",
                "limited_to", "when", "due_depends_on", "applies_from", "enforceable_from", "cites", "because", "because_in_some",
                "authority", "depends_on", "rests_on", "exact", "readings"],
   "properties": {
    "case": {"type": "string"},
    "as_of": {"$ref": "#/$defs/date"},
    "regulation": {"type": "string"},
    "provision": {"type": "string"},
    "kind": {"enum": ["duty", "prohibition", "permission", "guidance", "penalty", "liability"]},
    "bearer": {"type": "string"},
    "object": {"anyOf": [{"$ref": "#/$defs/subject"}, {"type": "null"}]},
    "about": {"type": "array", "items": {"$ref": "#/$defs/subject"}},
    "verdict": {"$ref": "#/$defs/norm_verdict"},
    "status": {"enum": ["open", "due", "met", "overdue", "breached", null]},
    "act": {"type": "string"},
    "towards": {"$ref": "#/$defs/names"},
    "enforced_by": {"$ref": "#/$defs/names"},
    "at_most": {
     "type": "object",
     "required": ["unit"],
     "properties": {
      "amount": {"type": ["number", "string"]},
      "between": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": ["number", "string", "null"]}},
      "unit": {"type": "string"},
      "per": {"type": "string"},
      "depends_on": {"$ref": "#/$defs/facts"}
     },
     "additionalProperties": false
    },
    "limited_to": {"type": ["string", "null"]},
    "when": {
     "type": "array",
     "items": {
      "type": "object",
      "required": ["kind"],
      "properties": {
       "kind": {"enum": ["by", "before", "within", "without-delay", "on-request", "every", "for", "continuously"]},
       "date": {"$ref": "#/$defs/date_or_null"},
       "moment": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"},
       "words": {"type": "string"},
       "earliest": {"$ref": "#/$defs/date"},
       "latest": {"$ref": "#/$defs/date"},
       "no_calendar": {"const": true}
      },
      "additionalProperties": false
     }
    },
    "due_depends_on": {"$ref": "#/$defs/facts"},
    "applies_from": {"$ref": "#/$defs/date_or_null"},
    "enforceable_from": {"$ref": "#/$defs/date_or_null"},
    "cites": {"$ref": "#/$defs/names"},
    "because": {"$ref": "#/$defs/names"},
    "because_in_some": {"$ref": "#/$defs/names"},
    "authority": {"type": "array", "items": {"enum": ["law", "guidance", "reading"]}},
    "depends_on": {"$ref": "#/$defs/facts"},
    "depends_on_minimal": {"const": false},
    "rests_on": {"$ref": "#/$defs/facts"},
    "rests_on_complete": {"const": false},
    "rests_on_minimal": {"const": false},
    "exact": {"type": "boolean"},
    "readings": {"type": "object"},
    "may_be_limited_to": {"$ref": "#/$defs/names"},
    "possible": {"type": "array", "items": {"$ref": "#/$defs/norm_verdict"}},
    "tense_date": {"$ref": "#/$defs/date"},
    "tense_date_latest": {"$ref": "#/$defs/date"},
    "speaks": {"const": false},
    "inexact_because": {"type": "string"},
    "gave_up": {"const": true}
   },
   "additionalProperties": false
  },
  "conclusion": {
   "type": "object",
   "required": ["case", "as_of", "regulation", "provision", "subject", "conclusion", "verdict", "because", "depends_on", "rests_on",
                "exact"],
   "properties": {
    "case": {"type": "string"},
    "as_of": {"$ref": "#/$defs/date"},
    "regulation": {"type": ["string", "null"]},
    "provision": {"type": ["string", "null"]},
    "subject": {"$ref": "#/$defs/subject"},
    "object": {"$ref": "#/$defs/subject"},
    "conclusion": {"type": "string"},
    "verdict": {"$ref": "#/$defs/conclusion_verdict"},
    "because": {"$ref": "#/$defs/names"},
    "because_in_some": {"$ref": "#/$defs/names"},
    "depends_on": {"$ref": "#/$defs/facts"},
    "depends_on_minimal": {"const": false},
    "rests_on": {"$ref": "#/$defs/facts"},
    "rests_on_complete": {"const": false},
    "rests_on_minimal": {"const": false},
    "exact": {"type": "boolean"},
    "readings": {"type": "object"},
    "possible": {"type": "array", "items": {"$ref": "#/$defs/conclusion_verdict"}},
    "speaks": {"const": false},
    "inexact_because": {"type": "string"},
    "gave_up": {"const": true}
   },
   "additionalProperties": false
  }
 }
}
)json";

constexpr std::string_view test_schema = R"json({
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "title": "onus test --format json",
 "type": "object",
 "required": ["onus", "format", "inputs", "cases", "summary"],
 "properties": {
  "onus": {"type": "string"},
  "format": {"const": "test/1"},
  "inputs": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["path", "sha256"],
    "properties": {
     "path": {"type": "string"},
     "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
     "encoded_as_of": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    },
    "additionalProperties": false
   }
  },
  "cases": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["case", "file", "line", "result", "expectations", "failures"],
    "properties": {
     "case": {"type": "string"},
     "file": {"type": "string"},
     "line": {"$ref": "#/$defs/place"},
     "result": {"enum": ["passed", "failed", "rejected"]},
     "expectations": {"$ref": "#/$defs/count"},
     "failures": {
      "type": "array",
      "items": {
       "type": "object",
       "required": ["file", "line", "column", "expectation", "findings"],
       "properties": {
        "file": {"type": "string"},
        "line": {"$ref": "#/$defs/place"},
        "column": {"$ref": "#/$defs/place"},
        "expectation": {"type": "string"},
        "findings": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "gave_up": {"const": true}
       },
       "additionalProperties": false
      }
     }
    },
    "additionalProperties": false
   }
  },
  "summary": {
   "type": "object",
   "required": ["cases", "passed", "failed", "rejected", "expectations", "failures", "left_out"],
   "properties": {
    "cases": {"$ref": "#/$defs/count"},
    "passed": {"$ref": "#/$defs/count"},
    "failed": {"$ref": "#/$defs/count"},
    "rejected": {"$ref": "#/$defs/count"},
    "expectations": {"$ref": "#/$defs/count"},
    "failures": {"$ref": "#/$defs/count"},
    "left_out": {
     "type": "array",
     "items": {
      "type": "object",
      "required": ["path", "why"],
      "properties": {"path": {"type": "string"}, "why": {"type": "string"}},
      "additionalProperties": false
     }
    }
   },
   "additionalProperties": false
  },
  "diagnostics": {"type": "array"}
 },
 "additionalProperties": false,
 "$defs": {"count": {"type": "integer", "minimum": 0}, "place": {"type": "integer", "minimum": 1}}
}
)json";

constexpr std::string_view show_schema = R"json({
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "title": "onus show --format json",
 "type": "object",
 "required": ["onus", "format", "inputs"],
 "properties": {
  "onus": {"type": "string"},
  "format": {"const": "show/1"},
  "inputs": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["path", "sha256"],
    "properties": {"path": {"type": "string"}, "sha256": {"type": "string"}, "encoded_as_of": {"$ref": "#/$defs/date"}},
    "additionalProperties": false
   }
  },
  "regulations": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["label", "title", "for", "statuses", "periods", "time_zone"],
    "properties": {
     "label": {"type": "string"},
     "title": {"type": "string"},
     "for": {"type": "string"},
     "statuses": {
      "type": "array",
      "items": {
       "type": "object",
       "required": ["status", "from", "until"],
       "properties": {
        "status": {"type": "string"},
        "from": {"$ref": "#/$defs/date_or_null"},
        "until": {"$ref": "#/$defs/date_or_null"}
       },
       "additionalProperties": false
      }
     },
     "periods": {"type": "string"},
     "time_zone": {"type": "string"}
    },
    "additionalProperties": false
   }
  },
  "sources": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["label", "title"],
    "properties": {"label": {"type": "string"}, "title": {"type": "string"}},
    "additionalProperties": false
   }
  },
  "terms": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["kind", "term", "type", "unit", "values", "target", "closed", "optional", "unknowable", "yearly", "question",
                 "presumed_by"],
    "properties": {
     "kind": {"type": "string"},
     "term": {"type": "string"},
     "type": {"enum": ["yes-no", "one-of", "any-of", "amount", "count", "date", "moment", "relation", "relation-to-many", "inverse",
                       "chain", "judgement"]},
     "unit": {"type": ["string", "null"]},
     "values": {"$ref": "#/$defs/names"},
     "target": {"type": ["string", "null"]},
     "closed": {"enum": ["open", "no", "none"]},
     "optional": {"type": "boolean"},
     "unknowable": {"type": "boolean"},
     "yearly": {"type": "boolean"},
     "question": {"type": "string"},
     "presumed_by": {"$ref": "#/$defs/names"}
    },
    "additionalProperties": false
   }
  },
  "conclusions": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["regulation", "kind", "conclusion", "object", "concluded_by"],
    "properties": {
     "regulation": {"type": ["string", "null"]},
     "kind": {"type": "string"},
     "conclusion": {"type": "string"},
     "object": {"type": ["string", "null"]},
     "concluded_by": {"$ref": "#/$defs/names"}
    },
    "additionalProperties": false
   }
  },
  "values": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["kind", "value", "type", "unit", "provision"],
    "properties": {
     "kind": {"type": "string"},
     "value": {"type": "string"},
     "type": {"type": "string"},
     "unit": {"type": ["string", "null"]},
     "provision": {"type": "string"}
    },
    "additionalProperties": false
   }
  },
  "parameters": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["regulation", "parameter", "unit", "values", "cites"],
    "properties": {
     "regulation": {"type": ["string", "null"]},
     "parameter": {"type": "string"},
     "unit": {"type": ["string", "null"]},
     "values": {
      "type": "array",
      "items": {
       "type": "object",
       "required": ["value", "from", "until"],
       "properties": {
        "value": {"type": "string"},
        "from": {"$ref": "#/$defs/date_or_null"},
        "until": {"$ref": "#/$defs/date_or_null"}
       },
       "additionalProperties": false
      }
     },
     "cites": {"$ref": "#/$defs/names"}
    },
    "additionalProperties": false
   }
  },
  "provisions": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["regulation", "kind", "label", "name", "title", "cites", "part", "status", "applies_from", "enforceable_from",
                 "about", "readings", "act", "notes", "quotes", "file", "line"],
    "properties": {
     "regulation": {"type": ["string", "null"]},
     "kind": {"enum": ["definition", "assumption", "presumption", "value", "duty", "prohibition", "permission", "guidance", "penalty",
                       "liability", "exception", "transition", "open"]},
     "label": {"type": "string"},
     "name": {"type": "string"},
     "title": {"type": "string"},
     "cites": {"$ref": "#/$defs/names"},
     "part": {"type": ["string", "null"]},
     "status": {"type": ["string", "null"]},
     "applies_from": {"$ref": "#/$defs/date_or_null"},
     "enforceable_from": {"$ref": "#/$defs/date_or_null"},
     "about": {"$ref": "#/$defs/names"},
     "readings": {"$ref": "#/$defs/names"},
     "act": {"type": "string"},
     "notes": {"$ref": "#/$defs/names"},
     "quotes": {"$ref": "#/$defs/names"},
     "file": {"type": "string"},
     "line": {"type": "integer", "minimum": 1}
    },
    "additionalProperties": false
   }
  }
 },
 "additionalProperties": false,
 "$defs": {
  "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
  "date_or_null": {"anyOf": [{"$ref": "#/$defs/date"}, {"type": "null"}]},
  "names": {"type": "array", "items": {"type": "string"}}
 }
}
)json";

constexpr std::string_view diagnostics_schema = R"json({
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "title": "the list `diagnostics` in the JSON outputs of onus",
 "type": "array",
 "items": {
  "type": "object",
  "required": ["code", "name", "severity", "file", "line", "column", "end_line", "end_column", "byte", "end_byte", "message", "notes",
               "fixes"],
  "properties": {
   "code": {"type": "string", "pattern": "^ON[0-9]{4}$"},
   "name": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
   "severity": {"enum": ["error", "warning", "note"]},
   "file": {"type": "string"},
   "line": {"$ref": "#/$defs/place"},
   "column": {"$ref": "#/$defs/place"},
   "end_line": {"$ref": "#/$defs/place"},
   "end_column": {"$ref": "#/$defs/place"},
   "byte": {"$ref": "#/$defs/offset"},
   "end_byte": {"$ref": "#/$defs/offset"},
   "message": {"type": "string"},
   "notes": {
    "type": "array",
    "items": {
     "type": "object",
     "required": ["file", "line", "column", "end_line", "end_column", "byte", "end_byte", "message"],
     "properties": {
      "file": {"type": "string"},
      "line": {"$ref": "#/$defs/place"},
      "column": {"$ref": "#/$defs/place"},
      "end_line": {"$ref": "#/$defs/place"},
      "end_column": {"$ref": "#/$defs/place"},
      "byte": {"$ref": "#/$defs/offset"},
      "end_byte": {"$ref": "#/$defs/offset"},
      "message": {"type": "string"}
     },
     "additionalProperties": false
    }
   },
   "fixes": {
    "type": "array",
    "items": {
     "type": "object",
     "required": ["file", "line", "column", "end_line", "end_column", "byte", "end_byte", "text", "keeps_meaning"],
     "properties": {
      "file": {"type": "string"},
      "line": {"$ref": "#/$defs/place"},
      "column": {"$ref": "#/$defs/place"},
      "end_line": {"$ref": "#/$defs/place"},
      "end_column": {"$ref": "#/$defs/place"},
      "byte": {"$ref": "#/$defs/offset"},
      "end_byte": {"$ref": "#/$defs/offset"},
      "text": {"type": "string"},
      "keeps_meaning": {"type": "boolean"}
     },
     "additionalProperties": false
    }
   }
  },
  "additionalProperties": false
 },
 "$defs": {"place": {"type": "integer", "minimum": 1}, "offset": {"type": "integer", "minimum": 0}}
}
)json";

constexpr std::string_view limits_schema = R"json({
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "title": "onus limits --format json",
 "type": "object",
 "required": ["onus", "format", "limits"],
 "properties": {
  "onus": {"type": "string"},
  "format": {"const": "limits/1"},
  "limits": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["name", "value", "unit", "guards"],
    "properties": {
     "name": {"type": "string"},
     "value": {"type": "integer", "minimum": 0},
     "unit": {"type": "string"},
     "guards": {"type": "string"},
     "fixed": {"const": true}
    },
    "additionalProperties": false
   }
  }
 },
 "additionalProperties": false
}
)json";

const std::array all{
    NamedSchema{"check", "onus check --format json", check_schema},
    NamedSchema{"timeline", "onus check --from DATE --to DATE --format json", timeline_schema},
    NamedSchema{"test", "onus test --format json", test_schema},
    NamedSchema{"show", "onus show --format json", show_schema},
    NamedSchema{"coverage", "onus coverage --format json", coverage_schema},
    NamedSchema{"graph", "onus graph --format json", graph_schema},
    NamedSchema{"limits", "onus limits --format json", limits_schema},
    NamedSchema{"diagnostics", "the list `diagnostics` of these", diagnostics_schema},
};

}  // namespace

std::span<const NamedSchema> schemas() { return all; }

}  // namespace onus::reports
