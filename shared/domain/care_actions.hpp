#pragma once

#include "shared/domain/action_parts.hpp"

// A product before its dossier and after its recognition: idea, code, notices, inspections, complaints, corrections, fairs.
namespace hoso::domain {

struct IdeaReviewed {
    bool approved = false;
    Hash rule_set_hash;
    std::vector<std::string> reasons;
    std::string text;
    Date date{};
    bool operator==(const IdeaReviewed&) const = default;
};

struct ProductCoded {
    std::string code;
    Date date{};
    bool operator==(const ProductCoded&) const = default;
};

struct ExpiryNotified {
    std::string certificate;
    std::string number;
    Date date{};
    bool operator==(const ExpiryNotified&) const = default;
};

struct Inspected {
    Uuid inspection;
    InspectionKind kind{};
    InspectionOutcome outcome{};
    std::string certificate;
    Hash rule_set_hash;
    std::string ground;
    Date date{};
    std::string text;
    bool operator==(const Inspected&) const = default;
};

struct RevocationServed {
    std::string certificate;
    std::vector<std::string> recipients;
    Date date{};
    bool operator==(const RevocationServed&) const = default;
};

struct ComplaintFiled {
    Uuid complaint;
    Date date{};
    SealedField complainant;
    std::string text;
    bool operator==(const ComplaintFiled&) const = default;
};

struct ComplaintResolved {
    Uuid complaint;
    bool upheld = false;
    std::string number;
    Date date{};
    std::string text;
    bool operator==(const ComplaintResolved&) const = default;
};

struct Corrected {
    std::string certificate;
    std::string item;
    std::string before;
    std::string after;
    std::string number;
    Date date{};
    std::string reason;
    bool operator==(const Corrected&) const = default;
};

struct PromotionJoined {
    Uuid promotion;
    Date date{};
    std::string text;
    bool operator==(const PromotionJoined&) const = default;
};

}  // namespace hoso::domain
