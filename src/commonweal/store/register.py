"""The register of every column: what kind of thing it holds. A test keeps it complete.

public: may be read by anybody. organisation: the organisation's own. sealed: secrets and digests of secrets. personal:
about a person (erased with them, exported to them). Source: UK GDPR Art. 30; OWASP ASVS 5.0, 14.1.1.
"""

from enum import StrEnum


class Holds(StrEnum):
    """What a column holds."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    SEALED = "sealed"
    PERSONAL = "personal"


_BY_CLASS = {
    Holds.PUBLIC: {
        "auth_permission": "id name content_type_id codename",
        "auth_group": "id name",
        "auth_group_permissions": "id group_id permission_id",
        "django_content_type": "id app_label model",
        "django_migrations": "id app name applied",
        "store_succession": "id successor_id predecessor_id kind on recorded_at",
    },
    Holds.ORGANISATION: {
        "store_organisation": "id name kind size starts_on ends_on publishes_to_everybody version created_at"
        " trail_number trail_digest",
        "store_identifier": "id organisation_id scheme value",
        "store_organisationpart": "id organisation_id kind name",
        "store_membership": "id organisation_id role on_behalf_of reason created_at ends_at ended_at",
        "store_placement": "id organisation_id membership_id assessment_id theme created_at",
        "store_invitation": "id organisation_id role on_behalf_of ends_at created_at expires_at accepted_at revoked_at",
        "store_assessment": "id organisation_id index name date horizon_years answers_are source moved_from_id"
        " department_id is_baseline again_on state state_version created_at",
        "store_assessedtheme": "id organisation_id assessment_id code version saved_at estimate_present estimate_future"
        " plan_note plan_note_version",
        "store_answer": "id organisation_id assessment_id question present future note reason step_back",
        "store_upload": "id organisation_id assessment_id file_name changes versions overtaken created_at applied_at",
        "store_change": "id organisation_id number assessment_id at act subject said said_digest digest",
        "store_decision": "id organisation_id assessment_id step body met_on minute words trail_number at",
        "store_frozendocument": "id organisation_id decision_id format content sha256",
        "store_assurance": "id organisation_id assessment_id statement acts_for state state_version trail_number at",
        "store_remark": "id organisation_id assessment_id question text at",
        "store_evidence": "id organisation_id assessment_id kind title text link dated valid_until strength stated"
        " version added_at withdrawn_at file_name file_type size sha256 stored_as scanned",
        "store_evidenceuse": "id organisation_id evidence_id question criterion",
        "store_programme": "id organisation_id assessment_id title made_from nation starts_on years state"
        " version created_at",
        "store_registerentry": "id organisation_id register version created_at taken_away_at",
        "store_workserves": "id organisation_id work_id entry_id",
        "store_workfile": "id organisation_id work_id title file_name file_type size sha256 stored_as scanned at",
        "store_workupload": "id organisation_id programme_id file_name changes created_at applied_at",
        "store_programmepaper": "id organisation_id programme_id fields version changed_at",
        "store_actioncostings": "id organisation_id assessment_id fields price_year changed_at",
        "store_workspent": "id organisation_id work_id spent on at",
        "store_ownindex": "id organisation_id index number title edition state reach content version created_at"
        " changed_at",
        "store_publishedindex": "id organisation_id own_index_id reference content sha256 published_at",
        "store_siderequest": "id organisation_id label created_at expires_at shown shown_at ended_at",
        "store_sideagreement": "id organisation_id assessment_id request asked_by agreed_at ended_at",
        "store_owntemplate": "id organisation_id title content made_at",
        "store_programmeyear": "id organisation_id programme_id year money words",
        "store_workgroup": "id organisation_id programme_id number title objective",
        "store_work": "id organisation_id programme_id group_id parent_id number step topic title detail footnote role"
        " department_id start due planned_due year is_milestone cost price_year spent effort_days funding priority"
        " measurable achievable relevant state version created_at",
        "store_workneed": "id organisation_id work_id needed_id",
        "store_worklink": "id organisation_id work_id kind title address",
        "store_workmove": "id organisation_id work_id step before after words link until on at",
        "store_keptup": "id organisation_id assessment_id question answer on until words link at",
        "store_calendarfeed": "id organisation_id programme_id created_at",
        "store_positionchange": "id organisation_id assessment_id question before after on cause work_id at",
    },
    Holds.SEALED: {
        "store_person": "password",
        "store_invitation": "digest",
        "store_siderequest": "digest",
        "store_calendarfeed": "digest",
        "store_signinlink": "id digest expires_at used_at",
        "mfa_authenticator": "data",
        "socialaccount_socialtoken": "id app_id account_id token token_secret expires_at",
        "socialaccount_socialapp": "id provider provider_id name client_id secret key settings",
    },
    Holds.PERSONAL: {
        "store_person": "id name email last_login is_local is_active is_operator created_at",
        "store_organisation": "created_by_id",
        "store_membership": "person_id given_by_id ended_by_id",
        "store_placement": "created_by_id",
        "store_invitation": "email created_by_id",
        "store_siderequest": "created_by_id",
        "store_sideagreement": "agreed_by_id",
        "store_signinlink": "person_id",
        "store_lettersent": "id person_id day taken_at sent_at",
        "store_unsent": "id person_id path fields at",
        "store_assessment": "created_by_id",
        "store_assessedtheme": "saved_by_id",
        "store_upload": "created_by_id",
        "store_change": "by_id",
        "store_decision": "by_id",
        "store_assurance": "by_id",
        "store_remark": "by_id",
        "store_evidence": "owner_id changed_by_id",
        "store_programme": "created_by_id",
        "store_work": "owner_id created_by_id",
        "store_registerentry": "fields created_by_id",
        "store_workfile": "by_id",
        "store_workupload": "created_by_id",
        "store_programmepaper": "changed_by_id",
        "store_actioncostings": "changed_by_id",
        "store_workspent": "by_id",
        "store_owntemplate": "made_by_id",
        "store_ownindex": "created_by_id",
        "store_publishedindex": "published_by_id",
        "store_workmove": "by_id",
        "store_positionchange": "by_id",
        "store_keptup": "by_id",
        "store_calendarfeed": "person_id",
        "store_succession": "recorded_by_id",
        "account_emailaddress": "id user_id email verified primary",
        "account_emailconfirmation": "id created sent key email_address_id",
        "mfa_authenticator": "id user_id type created_at last_used_at",
        "socialaccount_socialaccount": "id user_id provider uid last_login date_joined extra_data",
        "django_session": "session_key session_data expire_date",
        "django_tasks_database_dbtaskresult": "id status enqueued_at started_at finished_at args_kwargs priority"
        " task_path worker_ids queue_name backend_name run_after return_value exception_class_path traceback",
        "usersessions_usersession": "id user_id created_at ip last_seen_at session_key user_agent data",
    },
}

REGISTER: dict[tuple[str, str], Holds] = {
    (table, column): holds
    for holds, tables in _BY_CLASS.items()
    for table, columns in tables.items()
    for column in columns.split()
}
"""What each column holds, by table and column."""
