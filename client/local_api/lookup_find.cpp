#include "client/local_api/lookup_find.hpp"

#include <algorithm>

#include "client/paper/facts_parts.hpp"
#include "client/paper/plain_text.hpp"
#include "client/paper/proof.hpp"
#include "client/text/unicode.hpp"
#include "client/views/certificates.hpp"
#include "shared/domain/certificate_number.hpp"

namespace hoso::client::local_api {
namespace {

constexpr auto between_builds = std::chrono::seconds{5};
constexpr std::string_view known_items[] = {"name", "stars", "issued", "decision", "decision_date"};

struct Match {
    const domain::Product* product;
    const domain::Certificate* certificate;
};

bool same_number(std::string_view one, std::string_view other) {
    return domain::bare_number(nfc(one)) == domain::bare_number(nfc(other));
}

std::vector<Match> matches(const replica::State& state, const CertificateIndex& index, std::string_view number) {
    std::vector<Match> alike;
    const std::string key = CertificateIndex::key(number);
    for (const StreamId& id : index.products(number)) {
        const domain::Product* product = state.product(id);
        if (!product) continue;
        for (const domain::Certificate& each : product->certificates) {
            if (CertificateIndex::key(each.text) == key && alike.size() < found_max) alike.push_back({product, &each});
        }
    }
    const auto same = [&](const Match& match) { return same_number(match.certificate->text, number); };
    if (std::any_of(alike.begin(), alike.end(), same))
        alike.erase(std::remove_if(alike.begin(), alike.end(), [&](const Match& match) { return !same(match); }), alike.end());
    return alike;
}

bool gives(const domain::Registry& registry, const domain::Decision& decision, const Match& match) {
    return decision.kind == domain::DecisionKind::recognition && decision.number == match.certificate->decision &&
           std::any_of(decision.lines.begin(), decision.lines.end(), [&](const domain::DecisionLine& line) {
               return line.product == match.product->id && paper::certificate_text(registry, line) == match.certificate->text;
           });
}

bool given_by(const replica::State& state, const Match& match, const paper::Proof& proof, const SigningOf& signing) {
    if (match.certificate->text != proof.number) return false;
    for (const auto& [id, decision] : state.registry.decisions) {
        if (!gives(state.registry, decision, match)) continue;
        const auto signed_by = signing(decision);
        if (signed_by && signed_by->action == proof.decision) return true;
    }
    return false;
}

std::vector<FoundCorrection> corrections_of(const Match& match) {
    std::vector<FoundCorrection> found;
    for (const domain::Corrected& each : match.product->care.corrections) {
        const bool of_name = each.certificate.empty() && each.item == "name";
        if (!of_name && each.certificate != match.certificate->text) continue;
        FoundCorrection correction{{}, {}, {}, paper::plain_text(each.number), each.date};
        if (std::find(std::begin(known_items), std::end(known_items), each.item) != std::end(known_items)) {
            correction.item = each.item;
            correction.before = paper::plain_text(each.before);
            correction.after = paper::plain_text(each.after);
        }
        found.push_back(std::move(correction));
    }
    return found;
}

FoundCertificate described(const replica::State& state, const Match& match, Date day) {
    const auto& [product, certificate] = match;
    const views::Standing standing = views::standing_of(state.registry, *product, *certificate, day);
    FoundCertificate found;
    found.number = paper::plain_text(certificate->text);
    found.product = paper::plain_text(product->name);
    found.code = paper::plain_text(product->code);
    found.subject = paper::subject_of(state, *product, certificate->dossier);
    found.address = paper::address_of(state.registry, product->unit, certificate->issued);
    found.stars = certificate->stars;
    found.decision = paper::plain_text(certificate->decision);
    found.decision_date = certificate->decision_date;
    found.issued = certificate->issued;
    found.last_day = certificate->last_day;
    found.good_until = standing.good_until;
    if (certificate->revoked) found.revoked_on = certificate->revoked_on;
    found.status = certificate->issued > day && !standing.revoked() ? "upcoming" : standing.status();
    if (const auto* newer = views::replacement_of(*product, *certificate, day)) {
        found.replaced_by = paper::plain_text(newer->text);
        found.replaced_on = newer->issued;
    }
    found.corrections = corrections_of(match);
    const domain::Dossier* dossier = product->dossier(certificate->dossier);
    const domain::RuleSet* rules = dossier ? state.registry.rules(dossier->rule_set) : nullptr;
    if (rules) found.illustrative = paper::plain_text(rules->illustrative);
    return found;
}

}  // namespace

const char* name(Outcome outcome) {
    switch (outcome) {
        case Outcome::found: return "found";
        case Outcome::unknown: return "unknown_certificate";
        case Outcome::no_number: return "no_number";
        case Outcome::other_log: return "other_log";
        case Outcome::other_decision: return "other_decision";
    }
    return "";
}

std::string CertificateIndex::key(std::string_view number) { return domain::bare_number(folded(number)); }

void CertificateIndex::refresh(const replica::State& state, RateLimit::Moment now) {
    if (size_ == state.size || (size_ > 0 && now - built_ < between_builds)) return;
    products_.clear();
    for (const auto& [id, stream] : state.streams) {
        const auto* product = std::get_if<domain::Product>(&stream.content);
        if (!product) continue;
        for (const domain::Certificate& each : product->certificates) products_.emplace_back(key(each.text), id);
    }
    std::sort(products_.begin(), products_.end());
    products_.erase(std::unique(products_.begin(), products_.end()), products_.end());
    size_ = state.size;
    built_ = now;
}

std::vector<StreamId> CertificateIndex::products(std::string_view number) const {
    const std::string wanted = key(number);
    std::vector<StreamId> found;
    if (wanted.empty()) return found;
    auto at = std::lower_bound(products_.begin(), products_.end(), wanted,
                               [](const auto& entry, const std::string& each) { return entry.first < each; });
    for (; at != products_.end() && at->first == wanted && found.size() < found_max; ++at) found.push_back(at->second);
    return found;
}

LookedUp look_up(const replica::State& state, const CertificateIndex& index, std::string_view asked, Date day,
                 const SigningOf& signing) {
    const auto proof = paper::proof_from_text(asked);
    LookedUp answer;
    answer.asked = paper::plain_text(proof ? std::string_view(proof->number) : asked);
    if (answer.asked.size() > asked_bytes_max || CertificateIndex::key(answer.asked).empty()) {
        answer.asked.clear();
        answer.outcome = Outcome::no_number;
        return answer;
    }
    if (proof && proof->log != state.log) {
        answer.outcome = Outcome::other_log;
        return answer;
    }
    std::vector<Match> found = matches(state, index, answer.asked);
    if (proof && !found.empty()) {
        const auto other = [&](const Match& match) { return !given_by(state, match, *proof, signing); };
        found.erase(std::remove_if(found.begin(), found.end(), other), found.end());
        if (found.empty()) answer.outcome = Outcome::other_decision;
    }
    for (const Match& match : found) answer.found.push_back(described(state, match, day));
    if (!answer.found.empty()) answer.outcome = Outcome::found;
    return answer;
}

}  // namespace hoso::client::local_api
