<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Rescue</name>
    <message>
        <source>A folder with backups</source>
        <translation>存放备份的文件夹</translation>
    </message>
    <message>
        <source>A new database is made of every record that can be read; the audit trail says what is missing. The damaged files are kept.</source>
        <translation>将用所有可读的记录建立新数据库，缺失部分记入审计链。损坏的文件会保留。</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>距今</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Can be read and salvaged: {n} records.</source>
        <translation>可读取并抢救：{n} 条记录。</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>Every page of the database is being checked …</source>
        <translation>正在逐页检查数据库……</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>暂不处理</translation>
    </message>
    <message>
        <source>Look in another folder</source>
        <translation>在其他文件夹中查找</translation>
    </message>
    <message>
        <source>Look in another folder: perhaps on another disk.</source>
        <translation>请在其他文件夹中查找，备份可能在另一块磁盘上。</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在检查……</translation>
    </message>
    <message>
        <source>Lost since then: {lost}. The damaged files are kept.</source>
        <translation>此后将丢失：{lost}。损坏的文件会保留。</translation>
    </message>
    <message>
        <source>Made at</source>
        <translation>备份时间</translation>
    </message>
    <message>
        <source>No backup was found.</source>
        <translation>没有找到备份。</translation>
    </message>
    <message>
        <source>No damage was found now. Leave this page and start again.</source>
        <translation>现在没有发现损坏。请离开本页，重新启动指挥台。</translation>
    </message>
    <message>
        <source>No record can be read: only a backup brings the data back.</source>
        <translation>没有可读的记录：只能从备份恢复。</translation>
    </message>
    <message>
        <source>Nothing has been changed, and nothing will be deleted: whatever you choose, the damaged files are kept beside the new ones.</source>
        <translation>目前没有改动任何文件，也不会删除：无论怎样选择，损坏的文件都会原样保留。</translation>
    </message>
    <message>
        <source>Open the console</source>
        <translation>打开指挥台</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restore the backup of {time}?</source>
        <translation>恢复 {time} 的备份？</translation>
    </message>
    <message>
        <source>Restore this backup</source>
        <translation>恢复所选备份</translation>
    </message>
    <message>
        <source>Restored and checked: {rows} rows. {carried} events will be told to the city again. The damaged files are kept in {folder}.</source>
        <translation>已恢复并核对：{rows} 行；{carried} 条事件将重新上报市局。损坏的文件保留在 {folder}。</translation>
    </message>
    <message>
        <source>Salvage</source>
        <translation>抢救</translation>
    </message>
    <message>
        <source>Salvage what can be read</source>
        <translation>抢救可读数据</translation>
    </message>
    <message>
        <source>Salvage what can be read?</source>
        <translation>抢救可读数据？</translation>
    </message>
    <message>
        <source>Salvaged and checked: {records} records. The damaged files are kept in {folder}.</source>
        <translation>已抢救并核对：{records} 条记录。损坏的文件保留在 {folder}。</translation>
    </message>
    <message>
        <source>The audit trail names the lines that are lost: {lines}.</source>
        <translation>审计链已注明丢失的记录：第 {lines} 条。</translation>
    </message>
    <message>
        <source>The backup is being brought back …</source>
        <translation>正在恢复备份……</translation>
    </message>
    <message>
        <source>The backups are being opened and checked …</source>
        <translation>正在打开并核对备份……</translation>
    </message>
    <message>
        <source>The database does not open</source>
        <translation>数据库打不开</translation>
    </message>
    <message>
        <source>The database opens again</source>
        <translation>数据库已可打开</translation>
    </message>
    <message>
        <source>The new database is being checked …</source>
        <translation>正在核对新数据库……</translation>
    </message>
    <message>
        <source>The records are being brought over …</source>
        <translation>正在把记录写入新库……</translation>
    </message>
    <message>
        <source>The records that can be read are being counted …</source>
        <translation>正在清点可读的记录……</translation>
    </message>
    <message>
        <source>What is damaged</source>
        <translation>损坏情况</translation>
    </message>
    <message>
        <source>Would be lost since</source>
        <translation>此后将丢失</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>everything since then; how much is not known</source>
        <translation>此后的全部记录，数量不详</translation>
    </message>
    <message>
        <source>good</source>
        <translation>完好</translation>
    </message>
    <message>
        <source>{acts} acts, {calls} calls touched</source>
        <translation>{acts} 次操作，涉及 {calls} 起警情</translation>
    </message>
    <message>
        <source>{table}: an unknown number of records is lost</source>
        <translation>{table}：丢失条数不详</translation>
    </message>
    <message>
        <source>{table}: {n} records lost</source>
        <translation>{table}：丢失 {n} 条</translation>
    </message>
    <message>
        <source>{table}: {n} records lost, {orphans} left behind with them</source>
        <translation>{table}：丢失 {n} 条，另有 {orphans} 条随之留在旧文件</translation>
    </message>
    <message>
        <source>… and {n} more tables</source>
        <translation>……另有 {n} 类数据</translation>
    </message>
    <message>
        <source>{table}: at most {n} records lost</source>
        <translation>{table}：至多丢失 {n} 条</translation>
    </message>
    <message>
        <source>cannot be restored</source>
        <translation>不能用于恢复</translation>
    </message>
</context>
</TS>
