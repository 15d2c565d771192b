#include "client/cli/import_known.hpp"

#include <algorithm>

#include "client/text/unicode.hpp"

namespace hoso::client::cli {
namespace {

// Blanks and case say nothing in a number.
std::string number_key(std::string_view registration) {
    std::string key = folded(registration);
    std::erase(key, ' ');
    return key;
}

// A file from before a correction still has the name that was corrected.
std::vector<std::string> former_names(const domain::Product& product) {
    std::vector<std::string> names;
    for (const domain::Corrected& each : product.care.corrections) {
        if (each.certificate.empty() && each.item == "name") names.push_back(each.before);
    }
    return names;
}

}  // namespace

ImportKnown::ImportKnown(const views::Look& look, const UnitNames& units, Date today) : units_(units), today_(today) {
    look.each_stream([this](const StreamId& id, const replica::Stream& stream) {
        if (const auto* subject = std::get_if<domain::Subject>(&stream.content))
            add(KnownSubject{id, subject->unit, subject->name, subject->type, subject->registration});
        if (const auto* product = std::get_if<domain::Product>(&stream.content)) {
            add(KnownProduct{id, product->unit, product->subject, product->name, former_names(*product)});
            for (const auto& held_by : product->certificates)
                add_certificate(id, held_by.text, {0, held_by.revoked, held_by.renews});
        }
        add_held(id, stream);
    });
}

// What waits for a person is not to be entered a second time.
void ImportKnown::add_held(const StreamId& id, const replica::Stream& stream) {
    for (const auto& [action, held] : stream.held) {
        if (const auto* subject = std::get_if<domain::SubjectRegistered>(&held.action.body))
            add(KnownSubject{id, subject->unit, subject->name, subject->type, subject->registration});
        if (const auto* product = std::get_if<domain::ProductRegistered>(&held.action.body))
            add(KnownProduct{id, product->unit, product->subject, product->name});
    }
    for (const auto& [action, held] : stream.held) {
        if (const auto* legacy = std::get_if<domain::LegacyRecognised>(&held.action.body))
            add_certificate(id, legacy->certificate, {});
    }
}

void ImportKnown::add(KnownSubject subject) {
    const UnitId unit = units_.current(subject.unit, today_);
    const std::string number = number_key(subject.registration);
    const StreamId id = subject.id;
    if (!subjects_.emplace(id, subject).second) return;
    subject_names_.emplace(SubjectKey{unit, name_key(subject.name), number}, id);
    if (!number.empty()) registrations_.emplace(std::pair{number, unit}, id);
}

void ImportKnown::add(KnownProduct product) {
    const StreamId id = product.id;
    const UnitId unit = units_.current(product.unit, today_);
    std::set<std::string> names{name_key(product.name)};
    for (const std::string& name : product.former) names.insert(name_key(name));
    const StreamId subject = product.subject;
    if (!products_.emplace(id, std::move(product)).second) return;
    for (const std::string& name : names) product_names_.emplace(ProductKey{unit, name, subject}, id);
}

void ImportKnown::add_certificate(const StreamId& product, const std::string& text, const KnownCertificate& certificate) {
    const auto found = products_.find(product);
    if (found == products_.end()) return;
    if (found->second.certificates.emplace(name_key(text), certificate).second) certificates_.emplace(name_key(text), product);
}

void ImportKnown::answer(const StreamId& product, const std::string& certificate, bool renews) {
    const auto found = products_.find(product);
    if (found == products_.end()) return;
    const auto held = found->second.certificates.find(name_key(certificate));
    if (held != found->second.certificates.end()) held->second.renews = renews;
}

std::vector<const KnownProduct*> ImportKnown::holders(const std::string& certificate) const {
    std::vector<const KnownProduct*> found;
    const auto [first, last] = certificates_.equal_range(name_key(certificate));
    for (auto at = first; at != last; ++at) found.push_back(&products_.at(at->second));
    return found;
}

bool KnownProduct::is_called(std::string_view asked) const {
    const std::string key = name_key(asked);
    const auto same = [&](const std::string& one) { return name_key(one) == key; };
    return same(name) || std::any_of(former.begin(), former.end(), same);
}

std::vector<const KnownSubject*> ImportKnown::subjects(const UnitId& unit, const std::string& name,
                                                       const std::string& registration) const {
    std::vector<const KnownSubject*> found;
    const UnitId now = units_.current(unit, today_);
    const std::string number = number_key(registration);
    const auto [first, last] = registrations_.equal_range({number, now});
    for (auto at = first; at != last && found.size() < listed_max; ++at) found.push_back(&subjects_.at(at->second));
    if (!found.empty()) return found;
    const std::string key = name_key(name);
    const auto take = [&](auto from, auto to) {
        for (; from != to && found.size() < listed_max; ++from) found.push_back(&subjects_.at(from->second));
    };
    if (!number.empty()) {
        const auto [unnumbered, end] = subject_names_.equal_range({now, key, ""});
        take(unnumbered, end);
    } else {
        take(subject_names_.lower_bound({now, key, ""}), subject_names_.lower_bound({now, key + '\0', ""}));
    }
    return found;
}

std::vector<const KnownSubject*> ImportKnown::registered(const std::string& registration) const {
    std::vector<const KnownSubject*> found;
    const std::string number = number_key(registration);
    if (number.empty()) return found;
    for (auto at = registrations_.lower_bound({number, UnitId{}}); at != registrations_.end() && at->first.first == number; ++at) {
        if (found.size() == listed_max) break;
        found.push_back(&subjects_.at(at->second));
    }
    return found;
}

std::vector<const KnownProduct*> ImportKnown::products_between(const ProductKey& first, const ProductKey& last) const {
    std::vector<const KnownProduct*> found;
    for (auto at = product_names_.lower_bound(first); at != product_names_.end() && at->first <= last; ++at) {
        if (found.size() == listed_max) break;
        found.push_back(&products_.at(at->second));
    }
    return found;
}

std::vector<const KnownProduct*> ImportKnown::products(const UnitId& unit, const std::string& name, const StreamId& subject) const {
    const ProductKey key{units_.current(unit, today_), name_key(name), subject};
    return products_between(key, key);
}

std::vector<const KnownProduct*> ImportKnown::products(const UnitId& unit, const std::string& name) const {
    const UnitId now = units_.current(unit, today_);
    return products_between({now, name_key(name), StreamId{}}, {now, name_key(name), whole_log_scope()});
}

const KnownSubject* ImportKnown::subject(const StreamId& id) const {
    const auto found = subjects_.find(id);
    return found == subjects_.end() ? nullptr : &found->second;
}

const KnownProduct* ImportKnown::product(const StreamId& id) const {
    const auto found = products_.find(id);
    return found == products_.end() ? nullptr : &found->second;
}

std::vector<StreamId> products_named(const views::Look& look, const std::set<std::string>& names,
                                     const std::set<std::string>& certificates) {
    const auto is_among = [](const std::set<std::string>& wanted, const std::string& text) {
        return wanted.contains(name_key(text));
    };
    std::vector<StreamId> found;
    look.each_stream([&](const StreamId& id, const replica::Stream& stream) {
        bool wanted = false;
        if (const auto* product = std::get_if<domain::Product>(&stream.content)) {
            wanted = is_among(names, product->name);
            for (const std::string& name : former_names(*product)) wanted = wanted || is_among(names, name);
            for (const auto& held_by : product->certificates) wanted = wanted || is_among(certificates, held_by.text);
        }
        for (const auto& [action, held] : stream.held) {
            const auto* registered = std::get_if<domain::ProductRegistered>(&held.action.body);
            wanted = wanted || (registered && is_among(names, registered->name));
        }
        if (wanted) found.push_back(id);
    });
    return found;
}

}  // namespace hoso::client::cli
