#pragma once

#include "shared/domain/action_parts.hpp"

namespace hoso::domain {

struct SubjectRegistered {
    UnitId unit;
    std::string name;
    std::string type;
    std::string registration;
    SealedField representative;
    SealedField phone;
    SealedField address;
    bool operator==(const SubjectRegistered&) const = default;
};

struct ProductRegistered {
    UnitId unit;
    StreamId subject;
    std::string name;
    std::string product_set;
    std::string code;
    bool operator==(const ProductRegistered&) const = default;
};

struct LegacyRecognised {
    std::string decision_number;
    Date decision_date{};
    std::string certificate;
    std::uint8_t stars = 0;
    Date issued{};
    std::string rule_set;
    bool operator==(const LegacyRecognised&) const = default;
};

struct RenewalAnswered {
    std::string certificate;
    bool renews = false;
    Date date{};
    bool operator==(const RenewalAnswered&) const = default;
};

struct DossierOpened {
    DossierId dossier;
    DossierKind kind{};
    Hash rule_set_hash;
    Uuid round;
    Date filing_date{};
    std::string subject_name;
    std::string subject_type;
    std::string registration_number;
    DossierId carries_from{};
    bool operator==(const DossierOpened&) const = default;
};

struct FieldSet {
    DossierId dossier;
    std::string field;
    std::string value;
    bool operator==(const FieldSet&) const = default;
};

struct DocumentAdded {
    DossierId dossier;
    std::string document;
    std::string title;
    std::vector<std::string> criteria;
    bool operator==(const DocumentAdded&) const = default;
};

struct FileStored {
    Hash root;
    std::uint64_t size = 0;
    bool operator==(const FileStored&) const = default;
};

struct NoteAdded {
    DossierId dossier;
    std::string text;
    bool operator==(const NoteAdded&) const = default;
};

struct SelfAssessed {
    DossierId dossier;
    Bytes options;
    bool operator==(const SelfAssessed&) const = default;
};

struct OpinionGiven {
    DossierId dossier;
    std::string stage;
    Bytes options;
    bool agrees = false;
    std::string text;
    bool operator==(const OpinionGiven&) const = default;
};

struct Submitted {
    DossierId dossier;
    std::uint32_t turn = 0;
    Date date{};
    bool operator==(const Submitted&) const = default;
};

struct Withdrawn {
    DossierId dossier;
    std::uint32_t turn = 0;
    std::string reason;
    bool operator==(const Withdrawn&) const = default;
};

struct Received {
    DossierId dossier;
    std::uint32_t turn = 0;
    std::string stage;
    Date date{};
    bool operator==(const Received&) const = default;
};

struct ReturnedItem {
    std::string item;
    std::string reason;
    bool operator==(const ReturnedItem&) const = default;
};

struct Returned {
    DossierId dossier;
    std::uint32_t turn = 0;
    std::string stage;
    std::vector<ReturnedItem> items;
    bool operator==(const Returned&) const = default;
};

struct AdvisoryReported {
    DossierId dossier;
    std::string stage;
    bool agrees = false;
    std::string text;
    bool operator==(const AdvisoryReported&) const = default;
};

struct Adopted {
    std::vector<ActionId> actions;
    std::string reason;
    bool operator==(const Adopted&) const = default;
};

struct Annulled {
    std::vector<ActionId> actions;
    std::string reason;
    bool operator==(const Annulled&) const = default;
};

}  // namespace hoso::domain
