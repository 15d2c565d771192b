#pragma once

#include "client/cli/grammar.hpp"

// The rows of the table of commands, by what they are about.
namespace hoso::client::cli {

std::vector<Verb> desk_verbs();
std::vector<Verb> pages_verbs();
std::vector<Verb> registry_verbs();
std::vector<Verb> unit_verbs();  // the first of them
std::vector<Verb> office_verbs();
std::vector<Verb> rules_verbs();
std::vector<Verb> notice_verbs();
std::vector<Verb> task_verbs();
std::vector<Verb> council_verbs();
std::vector<Verb> meeting_verbs();
std::vector<Verb> product_verbs();
std::vector<Verb> legacy_verbs();
std::vector<Verb> care_verbs();
std::vector<Verb> import_verbs();
std::vector<Verb> dossier_verbs();
std::vector<Verb> evidence_verbs();
std::vector<Verb> review_verbs();
std::vector<Verb> transition_verbs();
std::vector<Verb> decision_verbs();
std::vector<Verb> letter_verbs();
std::vector<Verb> cert_verbs();
std::vector<Verb> paper_verbs();  // of certificates, decisions and meetings
std::vector<Verb> log_verbs();
std::vector<Verb> audit_verbs();

}  // namespace hoso::client::cli
